/*
 * matrix: a whole house with one actor for every role and one matter in every state, a site without socket, and the walk over both.
 * What is expected stands in *.tsv, written by hand from the rules; nothing of it is taken from the program.
 */
#pragma once
#include "face/http/http.h"
#include "harness/faults.h"
#include "harness/scene.h"
#include "people/people_fixture.h"

enum { MATRIX_OBJECTS = 300, MATRIX_CELLS = 20 };

/* ---- Actors */
typedef struct MatrixActor {
	const char *word; /* as the tables name them */
	uint32_t roles;
	bool is_weak; /* without second factor */
	const char *waits_as; /* the person of another word, who has not shown the second factor yet */
	int64_t id;
	Text ref, cookie, token, narrow; /* session; API tokens with every scope and with one that serves nothing here; may be empty */
} MatrixActor;
extern MatrixActor matrix_actors[];
extern const size_t matrix_actor_count;
MatrixActor *matrix_actor(const char *word);

/* ---- Matters */
typedef struct MatrixObject {
	const char *kind, *state; /* "report" "RECEIVED"; state "-" where there is only one */
	Text ref, claim; /* claim: code or cookie of the visitor who owns it */
	Text file, upload, message, said, of; /* upload: not complete; said: the file of the message; of: the report in the casefile */
	Text title, content; /* canaries: words that stand in its title and in its text, and nowhere else */
} MatrixObject;

typedef struct Matrix {
	Test *t;
	Scene *scene;
	HttpSite *site;
	MatrixObject objects[MATRIX_OBJECTS];
	size_t object_count;
	Map *places; /* what else addresses may name: Text* by "person", "session", … */
	Arena *arena; /* of one request */
} Matrix;
/* People, sessions, tokens; then matters; then the site, of a library that is no demonstration. */
Matrix *matrix_open(Test *t);
void matrix_people(Matrix *matrix);
void matrix_matters(Matrix *matrix);
void matrix_units(Matrix *matrix);
void matrix_merits(Matrix *matrix); /* after everything else: deeds, a proposed points rule, and what everything before gives */
Text matrix_attach(Matrix *matrix, AttachmentOwner owner, Text content); /* by the actor of the test's own calls; its ref */
void matrix_activities(Matrix *matrix);
void matrix_collections(Matrix *matrix);
void matrix_disputes(Matrix *matrix); /* before the reports, of which the owner's page names the newest */
void matrix_batches(Matrix *matrix);
void matrix_figures(Matrix *matrix);
void matrix_finds(Matrix *matrix); /* after the points: what it makes counts for nobody of the walk */
void matrix_warnings(Matrix *matrix); /* after the points: shared warnings would count */
void matrix_parties(Matrix *matrix); /* after the casefiles */
void matrix_deliveries(Matrix *matrix); /* after everything else */
void matrix_peers(Matrix *matrix);
void matrix_inspectors(Matrix *matrix); /* before rounds and applications */
/* From the lock to the state of the round; and of a shortlisted application to its state, with the object of its inspection.
 * signed_once: the inspection of one in INSPECT bears one signature of two. */
void matrix_inspect_round(Matrix *matrix, const MatrixObject *round);
void matrix_inspection(Matrix *matrix, Text application_ref, const char *state, bool signed_once);
void matrix_deciders(Matrix *matrix); /* before rounds and applications */
/* From the decision to the state of the round; and of an application in public notice to its state, with the objects of its objections. */
void matrix_decide_round(Matrix *matrix, MatrixObject *round);
void matrix_decide(Matrix *matrix, Text application_ref, const char *state);
void matrix_experts(Matrix *matrix); /* the actor "expert" and six others fill every panel */
void matrix_panel(Matrix *matrix, MatrixObject *round); /* from the material review of one application to the state of the object */
const char *const *matrix_panel_way(const char *state); /* what the system does to a qualified application; NULL at the end */
MatrixObject *matrix_add(Matrix *matrix, const char *kind, const char *state); /* with canaries, and no ref yet */
void matrix_as(Matrix *matrix, const char *word); /* the actor of the test's own calls */
/* A message with a file, by the actor of the test's own calls; its refs go to the object. */
void matrix_say(Matrix *matrix, const ThreadSubject *subject, const char *audience, MatrixObject *object);
void matrix_place(Matrix *matrix, const char *name, Text value);
extern const char matrix_file_name[]; /* of every attachment */
Text matrix_placed(const Matrix *matrix, const char *name);
const MatrixObject *matrix_object(const Matrix *matrix, const char *kind, Text state); /* NULL: none */

/* ---- Requests */
typedef enum MatrixWay { BY_SESSION, BY_TOKEN, BY_NARROW_TOKEN, WAYS } MatrixWay;
typedef struct MatrixRequest {
	Method method;
	Text target, body; /* body "=…": these bytes; else a form */
	const MatrixActor *actor; /* NULL: nobody */
	MatrixWay way;
	Text cookies; /* further ones: "claim=…" */
	Text csrf; /* no text: the right one */
	Text content_type; /* no text: of a form */
	bool is_foreign; /* sent by the page of another site */
	bool keep; /* what it changes stays */
	const Fault *fault; /* of the database, while the request is answered; NULL: none, and nothing is counted */
} MatrixRequest;
typedef struct MatrixReply {
	int status;
	bool cacheable;
	Text headers, body; /* in the arena of the request: until the next one */
	int64_t calls; /* of the database, of a request with a fault */
} MatrixReply;
MatrixReply matrix_send(Matrix *matrix, const MatrixRequest *request);
MatrixReply matrix_get(Matrix *matrix, const char *word, Text target); /* a page, or a record by token */
/* What a file says to whoever opens it: the members of an archive (of DOCX and XLSX too) unpacked, the words of a PDF; else the body as it is. */
Text matrix_words(Matrix *matrix, const MatrixReply *reply);
Text matrix_header(const MatrixReply *reply, const char *name); /* at == NULL when absent */

/* ---- Tables: lines of cells parted by tabs; lines beginning with '#' are remarks */
typedef struct MatrixLine {
	int number;
	Text cells[MATRIX_CELLS];
	size_t count;
} MatrixLine;
typedef LIST_OF(MatrixLine) MatrixLines;
MatrixLines matrix_table(Test *t, const char *name);
bool matrix_names(Text words, Text word); /* among words parted by blanks */
