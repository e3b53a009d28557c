#include "engine/rating/rating.h"

#include "harness/test.h"

TEST(weakness__the_tree_has_every_parent_before_its_children)
{
	size_t count = 0;
	const WeaknessClass *classes = weakness_classes(&count);
	for (size_t i = 0; i < count; i++) {
		CHECK(weakness_find(text_from(classes[i].tag)) == &classes[i]);
		CHECK(!classes[i].parent || weakness_find(text_from(classes[i].parent)) < &classes[i]);
		CHECK(!classes[i].parent || weakness_find(text_from(classes[i].parent)));
		CHECK(!text_is(tr(LANG_ZH, classes[i].text), text_from(classes[i].text)));
		CHECK(weakness_of_name(tr(LANG_ZH, classes[i].text)) == &classes[i]);
		CHECK(classes[i].cwe == 0 || weakness_of_cwe(classes[i].cwe) == &classes[i]);
	}
}

/* The tree of chapter 5 as indented lines of the standard's names. */
TEST(weakness__the_tree_is_the_one_of_chapter_5)
{
	static const char *const paths[][4] = {
		{ "SQL注入", "注入", "输入验证错误", "代码问题" },
		{ "跨站脚本", "注入", "输入验证错误", "代码问题" },
		{ "命令注入", "注入", "输入验证错误", "代码问题" },
		{ "代码注入", "注入", "输入验证错误", "代码问题" },
		{ "格式化字符串错误", "注入", "输入验证错误", "代码问题" },
		{ "缓冲区错误", "输入验证错误", "代码问题", NULL },
		{ "路径遍历", "输入验证错误", "代码问题", NULL },
		{ "后置链接", "输入验证错误", "代码问题", NULL },
		{ "跨站请求伪造", "输入验证错误", "代码问题", NULL },
		{ "信任管理问题", "授权问题", "代码问题", NULL },
		{ "权限许可和访问控制问题", "授权问题", "代码问题", NULL },
		{ "资源管理错误", "代码问题", NULL, NULL },
		{ "数字错误", "代码问题", NULL, NULL },
		{ "竞争条件问题", "代码问题", NULL, NULL },
		{ "处理逻辑错误", "代码问题", NULL, NULL },
		{ "加密问题", "代码问题", NULL, NULL },
		{ "数据转换问题", "代码问题", NULL, NULL },
		{ "未声明功能", "代码问题", NULL, NULL },
		{ "日志信息泄露", "信息泄露", "环境问题", NULL },
		{ "调试信息泄露", "信息泄露", "环境问题", NULL },
		{ "侧信道信息泄露", "信息泄露", "环境问题", NULL },
		{ "故障注入", "环境问题", NULL, NULL },
		{ "默认配置问题", "配置错误", NULL, NULL },
		{ "其他", NULL, NULL, NULL },
	};
	for (size_t i = 0; i < COUNT(paths); i++) {
		const WeaknessClass *at = weakness_of_name(text_from(paths[i][0]));
		for (size_t j = 0; j < 4 && paths[i][j]; j++) {
			CHECK(at && text_is(tr(LANG_ZH, at->text), text_from(paths[i][j])));
			at = at->parent ? weakness_find(text_from(at->parent)) : NULL;
		}
		CHECK(!at);
	}
}

TEST(weakness__every_alias_leads_to_a_class_and_stands_once)
{
	size_t count = 0;
	const WeaknessAlias *aliases = weakness_aliases(&count);
	CHECK(count > 60);
	for (size_t i = 0; i < count; i++) {
		const WeaknessClass *found = weakness_of_name(text_from(aliases[i].name));
		CHECK(found && strcmp(found->tag, aliases[i].tag) == 0);
		for (size_t j = 0; j < i; j++) CHECK(strcmp(aliases[i].name, aliases[j].name) != 0);
	}
}

TEST(weakness__plain_attack_names_find_their_class)
{
	static const char *const pairs[][2] = { { "越权", "access-control" }, { "弱口令", "trust-management" },
		{ "逻辑缺陷", "processing-logic" }, { "未授权访问", "access-control" }, { "组件导出", "access-control" },
		{ "命令执行", "command-injection" }, { "xss", "cross-site-scripting" }, { "文件包含", "path-traversal" },
		{ "溢出", "buffer" }, { "sql-injection", "sql-injection" }, { "SQL Injection", "sql-injection" } };
	for (size_t i = 0; i < COUNT(pairs); i++) {
		const WeaknessClass *found = weakness_of_name(text_from(pairs[i][0]));
		CHECK(found && strcmp(found->tag, pairs[i][1]) == 0);
	}
	CHECK(!weakness_of_name(TEXT("神秘攻击")) && !weakness_of_name(TEXT("")) && !weakness_find(TEXT("nothing")));
}

TEST(weakness__every_plain_name_of_real_records_is_known)
{
	Text rest = test_read_file(t->arena, test_data("cnvd-title-types.tsv")), line, name;
	CHECK(text_next(&rest, '\n', &line));
	while (text_next(&rest, '\n', &line))
		if (line.length && text_next(&line, '\t', &name) && !text_is(name, TEXT("OTHER")) && !weakness_of_name(name))
			test_fail(__FILE__, __LINE__, "unknown: %.*s", TEXT_ARGS(name));
}

TEST(weakness__cwe_numbers_find_the_nearest_class)
{
	CHECK(strcmp(weakness_of_cwe(89)->tag, "sql-injection") == 0);
	CHECK(strcmp(weakness_of_cwe(787)->tag, "buffer") == 0);
	CHECK(strcmp(weakness_of_cwe(798)->tag, "trust-management") == 0);
	CHECK(!weakness_of_cwe(0) && !weakness_of_cwe(-1) && !weakness_of_cwe(999999));
}

TEST(weakness__within_follows_the_parents)
{
	const WeaknessClass *sql = weakness_find(TEXT("sql-injection")), *code = weakness_find(TEXT("code")),
			    *other = weakness_find(TEXT("other"));
	CHECK(weakness_is_within(sql, code) && weakness_is_within(sql, sql));
	CHECK(!weakness_is_within(code, sql) && !weakness_is_within(other, code));
}
