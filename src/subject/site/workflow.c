/* The article's machine: writer, editor and approver are three people; a text that is public stays so while its next version is made. */
#include "subject/site/site_private.h"

static const char *is_writer(const void *facts, const Actor *actor)
{
	const ArticleFacts *article = facts;
	return article->writer_id == actor->person_id ? NULL : N_("Only the writer can do this.");
}

static const char *is_editor(const void *facts, const Actor *actor)
{
	const ArticleFacts *article = facts;
	return article->writer_id != actor->person_id ? NULL : N_("Nobody edits an article of their own.");
}

static const char *is_third(const void *facts, const Actor *actor)
{
	const ArticleFacts *article = facts;
	if (actor_has(actor, ROLE_SYSTEM)) return NULL;
	return article->writer_id != actor->person_id && article->editor_id != actor->person_id
		       ? NULL
		       : N_("The approver is neither the writer nor the editor.");
}

static const char *never_public(const void *facts, const Actor *actor)
{
	const ArticleFacts *article = facts;
	(void)actor;
	return article->is_public ? N_("It is public: it can be withdrawn, with a reason.") : NULL;
}

static const char *is_public(const void *facts, const Actor *actor)
{
	const ArticleFacts *article = facts;
	(void)actor;
	return article->is_public ? NULL : N_("It is not public.");
}

static const WorkflowState states[] = {
	{ "DRAFT", N_("Draft"), N_("the writer"), "neutral", false },
	{ "SUBMITTED", N_("Handed in"), N_("an editor"), "active", false },
	{ "EDITED", N_("Edited"), N_("an approver"), "active", false },
	{ "APPROVED", N_("Approved, waits for its hour"), N_("the library"), "active", false },
	{ "PUBLISHED", N_("Published"), NULL, "good", true },
	{ "WITHDRAWN", N_("Withdrawn"), NULL, "neutral", true },
};

#define WITHDRAWAL ROLE_EDITOR | ROLE_APPROVER, NULL, is_public, NULL, false, N_("Withdraw from the public"), "article-withdraw"
static const Transition rows[] = {
	/* from         action      to           who            only       when          clock  pauses  says */
	{ "DRAFT", "submit", "SUBMITTED", ROLE_WRITER, is_writer, NULL, NULL, false, N_("Hand in to the editors"), NULL },
	{ "DRAFT", "discard", "WITHDRAWN", ROLE_WRITER, is_writer, never_public, NULL, false, N_("Discard"), NULL },
	{ "DRAFT", "withdraw", "WITHDRAWN", WITHDRAWAL },
	{ "SUBMITTED", "recall", "DRAFT", ROLE_WRITER, is_writer, NULL, NULL, false, N_("Take back"), NULL },
	{ "SUBMITTED", "pass", "EDITED", ROLE_EDITOR, is_editor, NULL, NULL, false, N_("Pass on to the approvers"), NULL },
	{ "SUBMITTED", "return", "DRAFT", ROLE_EDITOR, is_editor, NULL, NULL, false, N_("Return to the writer"), "article-return" },
	{ "SUBMITTED", "withdraw", "WITHDRAWN", WITHDRAWAL },
	{ "EDITED", "publish", "PUBLISHED", ROLE_APPROVER, is_third, NULL, NULL, false, N_("Approve and publish now"), NULL },
	{ "EDITED", "approve", "APPROVED", ROLE_APPROVER, is_third, NULL, NULL, false, N_("Approve for a later hour"), "article-approve" },
	{ "EDITED", "return", "DRAFT", ROLE_APPROVER, is_third, NULL, NULL, false, N_("Return to the writer"), "article-return" },
	{ "EDITED", "withdraw", "WITHDRAWN", WITHDRAWAL },
	{ "APPROVED", "publish", "PUBLISHED", ROLE_APPROVER | ROLE_SYSTEM, is_third, NULL, NULL, false, N_("Publish now"), NULL },
	{ "APPROVED", "return", "DRAFT", ROLE_APPROVER, is_third, NULL, NULL, false, N_("Return to the writer"), "article-return" },
	{ "APPROVED", "withdraw", "WITHDRAWN", WITHDRAWAL },
	{ "PUBLISHED", "revise", "DRAFT", ROLE_WRITER, is_writer, NULL, NULL, false, N_("Write a new version"), NULL },
	{ "PUBLISHED", "withdraw", "WITHDRAWN", WITHDRAWAL },
};

const Machine article_machine = {
	.name = "article",
	.text = N_("Article"),
	.states = states,
	.state_count = COUNT(states),
	.rows = rows,
	.row_count = COUNT(rows),
	.load = article_machine_load,
	.move = article_machine_move,
	.applied = article_machine_applied,
};

/* ---- What is filled in */
static const FormChoice kinds[] = { { "notice", N_("Notice") }, { "news", N_("News") }, { "standard", N_("Standard or rule") },
	{ "download", N_("Download") }, { "question", N_("Question and answer") } };
static const FormItem text_items[] = {
	{ "kind", FORM_CHOICE, N_("Kind"), NULL, .required = true, .choices = kinds, .choice_count = COUNT(kinds) },
	{ "pinned", FORM_CHECK, N_("Stands first in its list"), NULL },
	{ "title_zh", FORM_TEXT, N_("Title in Chinese"), NULL, .required = true },
	{ "body_zh", FORM_MARKDOWN, N_("Text in Chinese"), N_("Markdown. A picture is a file of this article: ![words](its address)"),
		.required = true, .max_length = 60000 },
	{ "title_en", FORM_TEXT, N_("Title in English"), N_("Without it readers of English are shown the Chinese, plainly marked.") },
	{ "body_en", FORM_MARKDOWN, N_("Text in English"), NULL, .required_when = { "title_en", "*" }, .max_length = 60000 },
};
static const FormSection text_sections[] = { { NULL, NULL, text_items, COUNT(text_items) } };
const Form article_form = { "article", 1, N_("Article"), text_sections, COUNT(text_sections) };

static const FormItem return_items[] = { { "remark", FORM_LINES, N_("What should be changed?"), N_("The writer reads this."),
	.required = true, .max_length = 2000 } };
static const FormItem approve_items[] = { { "publish_on", FORM_TEXT, N_("To be published on"),
	N_("Day and hour in Beijing time, as 2026-03-05 14:00"), .required = true } };
static const FormItem withdraw_items[] = { { "remark", FORM_LINES, N_("Reason"), N_("Everybody reads this."), .required = true,
	.max_length = 1000 } };
static const FormSection return_sections[] = { { NULL, NULL, return_items, COUNT(return_items) } };
static const FormSection approve_sections[] = { { NULL, NULL, approve_items, COUNT(approve_items) } };
static const FormSection withdraw_sections[] = { { NULL, NULL, withdraw_items, COUNT(withdraw_items) } };
static const Form action_forms[] = {
	{ "article-return", 1, N_("Return to the writer"), return_sections, 1 },
	{ "article-approve", 1, N_("Approve for a later hour"), approve_sections, 1 },
	{ "article-withdraw", 1, N_("Withdraw from the public"), withdraw_sections, 1 },
};

const Form *article_action_form(const char *name)
{
	for (size_t i = 0; name && i < COUNT(action_forms); i++)
		if (!strcmp(action_forms[i].name, name)) return &action_forms[i];
	return NULL;
}
