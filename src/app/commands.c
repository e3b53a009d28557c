/* The table of commands; help, manual pages and completion are made of it. */
#include "app/alike_command.h"
#include "app/backup.h"
#include "app/calendar_command.h"
#include "app/command.h"
#include "app/demo.h"
#include "app/document.h"
#include "app/figure_command.h"
#include "app/import_command.h"
#include "app/init.h"
#include "app/key_command.h"
#include "app/ledger_command.h"
#include "app/mail_command.h"
#include "app/mark_command.h"
#include "app/merit_command.h"
#include "app/org_command.h"
#include "app/rate_command.h"
#include "app/round_command.h"
#include "app/serve.h"
#include "app/settings_command.h"
#include "app/time_command.h"
#include "app/user_command.h"
#include "app/worker.h"

const Command commands[] = {
	{ .name = "init",
		.run_alone = init_command,
		.needs = NEEDS_FOLDER,
		.synopsis = "--system-admin MAIL --security-admin MAIL --security-admin MAIL --audit-admin MAIL",
		.summary = "makes a new library: folder, keys, database and the first administrators",
		.examples =
			"  cappvd init --data /var/lib/cappvd --public-address https://vuln.example.cn --system-admin ops@example.cn \\\n"
			"    --security-admin li@example.cn --security-admin wang@example.cn --audit-admin zhao@example.cn\n",
		.options = "  --system-admin MAIL    operates the library\n"
			   "  --security-admin MAIL  grants roles, with a second one's approval; give two\n"
			   "  --audit-admin MAIL     reads the records of what everybody did\n"
			   "  --public-address URL   what links begin with (default http://localhost:8080)\n" },
	{ .name = "serve",
		.run_alone = serve_command,
		.needs = NEEDS_FOLDER,
		.synopsis = "[--listen ADDR] [--tls-cert FILE --tls-key FILE] [--trusted-proxy ADDR] [--public-address URL]",
		.summary = "runs the server of a library",
		.examples =
			"  cappvd serve --data /var/lib/cappvd --listen 127.0.0.1:8080 --public-address https://vuln.example.cn\n"
			"  cappvd serve --database postgres://cappvd@db/cappvd --listen [::]:8443 --tls-cert cert.pem --tls-key key.pem\n",
		.options = "  --listen ADDR      where to listen (default 127.0.0.1:8080)\n"
			   "  --tls-cert FILE    certificate chain, PEM\n"
			   "  --tls-key FILE     its private key, PEM\n"
			   "  --trusted-proxy ADDR  the proxy whose X-Forwarded-For and X-Forwarded-Proto are believed\n"
			   "  --public-address URL  what links in mails begin with\n"
			   "  --event-threads N  threads that accept and answer from the cache (default 2)\n"
			   "  --workers N        threads that run everything else (default 4)\n"
			   "  --address-limit N  requests a minute from one address, those from the cache left out (default 600; 0: no "
			   "limit)\n"
			   "  --account-limit N  requests a minute of one account (default 1200; 0: no limit)\n" },
	{ .name = "demo",
		.run_alone = demo_command,
		.needs = NEEDS_FOLDER,
		.synopsis = "[--keep] [--listen ADDR]",
		.summary = "makes a fresh library of invented matters, with an account of each role, and serves it",
		.examples = "  cappvd demo\n  cappvd demo --data /tmp/demo --listen 127.0.0.1:9000\n  cappvd demo --keep\n",
		.options = "  --keep             go on with the demonstration that is in the folder, instead of a fresh one\n"
			   "  --listen ADDR      where to listen (default 127.0.0.1:8080)\n" },
	{ .name = "import",
		.run = import_command,
		.needs = NEEDS_HOUSE,
		.creates = true,
		.synopsis = "[--format auto|cve5|cnvd-xml] [--json] FILE|DIR…",
		.summary = "brings documents of others into the library; goes on where it stopped, and changes nothing the second time",
		.examples = "  cappvd import cve-mobile-apps.jsonl.gz\n  cappvd import --format cnvd-xml cnvd-xml/\n",
		.options = "  --format NAME      auto, cve5 or cnvd-xml (default auto)\n  --json             the summary as JSON\n" },
	{ .name = "backup",
		.run = backup_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "DIR",
		.summary = "copies the library into a new folder while it goes on; never the master key",
		.examples = "  cappvd backup --data /var/lib/cappvd /backup/2026-03-05\n",
		.options = "" },
	{ .name = "restore",
		.run_alone = restore_command,
		.needs = NEEDS_FOLDER,
		.synopsis = "DIR",
		.summary = "makes a library out of a backup, and believes it only when every hash and the ledger agree",
		.examples = "  cappvd restore --data /var/lib/cappvd --key-file /etc/cappvd/master.key /backup/2026-03-05\n",
		.options = "" },
	{ .name = "check",
		.run = check_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "[--deep]",
		.summary = "looks for faults in database, files and ledger",
		.examples = "  cappvd check\n  cappvd check --deep\n",
		.options = "  --deep             opens and compares every file and every ledger entry\n" },
	{ .name = "key",
		.run = key_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "rotate [--forget] | show [--json] | stamp [--rsa|--sm2] [--new NAME | --install FILE] [--replace]",
		.summary = "rotates the master key, shows what each generation of it protects, keeps the keys that sign documents",
		.examples = "  cappvd key show\n  cappvd key rotate\n  cappvd key stamp --install office.pem --replace\n"
			    "  cappvd key stamp --new 漏洞库 --sm2\n  cappvd settings set signature_profile guomi\n",
		.options = "  --forget           remove all generations but the last two from the key file; older backups need them\n"
			   "  --json             one object instead of lines\n"
			   "  --new NAME         a new key for documents, with a certificate of this name signed by itself\n"
			   "  --rsa, --sm2       the key for readers everywhere (RSA with SHA-256), or the one for the guomi profile (SM2 "
			   "with\n"
			   "                     SM3); without: that of the setting signature_profile\n"
			   "  --install FILE     private key and certificate (PEM; RSA, ECDSA or SM2) for documents, as an authority gave "
			   "them\n"
			   "  --replace          instead of the one there is\n" },
	{ .name = "time",
		.run = time_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "[show | confirm] [--json]",
		.summary = "shows whether the clock is trusted; confirms it after an operator has set it right",
		.examples = "  cappvd time show\n  cappvd time confirm\n",
		.options = "  --json             for machines\n" },
	{ .name = "ledger",
		.run = ledger_command,
		.needs = NEEDS_HOUSE,
		.needs_of = ledger_needs,
		.synopsis = "verify [--deep] | verify FILE… | checkpoint [--size N] | prove EVENT | prove FROM TO | key",
		.summary = "verifies receipts, signed documents and the whole ledger, prints checkpoints, proofs and the public key",
		.examples = "  cappvd ledger verify receipt.txt --key library.example+8f3c…\n"
			    "  cappvd ledger verify certificate.pdf --key library.example+8f3c… --signer signer.pem\n  cappvd ledger "
			    "verify --deep\n"
			    "  cappvd ledger checkpoint > checkpoint.txt\n  cappvd ledger prove 1200 4500\n",
		.options = "  --key KEY|FILE     a public key of the library; may be given more than once\n"
			   "  --signer FILE      with a signed PDF: certificates (PEM) of the library, one of which signed it; more than "
			   "once\n"
			   "  --content FILE     with a receipt: this is what was recorded\n"
			   "  --deep             compare every event with its leaf, too\n"
			   "  --size N           the checkpoint of N leaves instead of the last\n"
			   "  --json             objects instead of lines\n" },
	{ .name = "merit",
		.run = merit_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "check [--json]",
		.summary = "computes every entry of contribution points again from the facts and says the first difference",
		.examples = "  cappvd merit check\n",
		.options = "  --json             one object instead of lines\n" },
	{ .name = "figures",
		.run = figure_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "compute [--anew] [--json]",
		.summary = "computes the figures of the days that are over; the server does so by itself",
		.examples = "  cappvd figures compute --anew\n",
		.options = "  --anew             forget what was computed and begin at the first day; the result is the same\n"
			   "  --json             one object instead of a line\n" },
	{ .name = "alike",
		.run = alike_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "[--json]",
		.summary = "makes the index anew by which records of one vulnerability are found; the server keeps it up to date by itself",
		.examples = "  cappvd alike --data /var/lib/cappvd\n",
		.options = "  --json             the summary as JSON\n" },
	{ .name = "mail",
		.run = mail_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "receive [--to ADDRESS] FILE…",
		.summary =
			"takes mails that came as answers; a server takes them by itself from the folder of the setting mail_reply_folder",
		.examples = "  cappvd mail receive answer.eml\n  cappvd settings set mail_reply_folder /var/mail/cappvd-reply\n",
		.options = "  --to ADDRESS       the address it was delivered to, where the mail itself does not name it\n" },
	{ .name = "mark",
		.run = mark_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "read [--json] PHOTO…",
		.summary = "names the recipient whose copy of a notice a photograph or scan shows",
		.examples = "  cappvd mark read photo.jpg\n  cappvd mark read --json scan1.png scan2.png\n",
		.options = "  --json             one object a line instead of words\n" },
	{ .name = "rate",
		.run = rate_command,
		.needs = NEEDS_NOTHING,
		.synopsis = "cvss | gbt30279 VECTOR… [--json]",
		.summary = "computes scores and levels of rating vectors",
		.examples = "  cappvd rate cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n"
			    "  cappvd rate gbt30279 CNVRS:1.0/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H\n  cappvd rate cvss --json - < vectors.txt\n",
		.options = "  --json             one object a line\n  -                  read vectors from standard input, one a line\n" },
	{ .name = "round",
		.run = round_command,
		.needs = NEEDS_NOTHING,
		.synopsis = "verify DOSSIER | score FILE | draw ROUND ROOT SOURCE COUNT | draw --rfc3797 KEY POOL COUNT | rehearse RULES "
			    "DOSSIER",
		.summary = "computes a finished selection round again from its dossier: draw, seats, scores, ranking; names the first "
			   "difference",
		.examples = "  cappvd round verify 2026-1.zip --key vuln.example+8f3c…\n"
			    "  cappvd round draw 2026-1 9f2c…41 '2026101 01 02 03 04 05 06 07' 25\n"
			    "  cappvd round draw --rfc3797 9319./2.5.8.10.12./9.18.26.34.41.45./ 25 10\n"
			    "  cappvd round score --json - < panels.jsonl\n"
			    "  cappvd round rehearse rules.json rehearsal.zip\n",
		.options = "  --key KEY|FILE     a public key of the library; without one a dossier that agrees ends with 76: signer not "
			   "known\n"
			   "  --json             one object a line\n"
			   "  --rfc3797          the draw of RFC 3797, as others publish it\n"
			   "  --seed TEXT        another rehearsal of the same rules\n"
			   "  --applicants N     of each direction of a rehearsal (default 12)\n"
			   "  -                  read panels from standard input, one JSON object a line\n" },
	{ .name = "calendar",
		.run = calendar_command,
		.needs = NEEDS_NOTHING,
		.synopsis = "YEAR [--json]",
		.summary = "shows working days, holidays and make-up days of a year with the notice that orders them",
		.examples = "  cappvd calendar 2026\n",
		.options = "  --json             one object instead of lines\n" },
	{ .name = "user",
		.run = user_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "list | show LOGIN | create MAIL --name NAME [--role ROLE] | role LOGIN ROLE | disable LOGIN | "
			    "reset-second-factor LOGIN",
		.summary = "shows and makes accounts; a role takes effect when a security administrator approves it",
		.examples = "  cappvd user list\n  cappvd user create zhao@example.cn --name 赵明 --role verifier\n  cappvd user "
			    "reset-second-factor zhao@example.cn\n",
		.options = "  --name NAME        as others see it\n"
			   "  --role ROLE        such as coordinator, verifier, publisher, security-admin\n"
			   "  --json             one object a line\n" },
	{ .name = "org",
		.run = org_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "list [STATE] | show REF | standing REF unit|partner|vendor [--stars N] [--days N] [--suspend] [--end]",
		.summary = "shows organisations and gives or ends their standing",
		.examples = "  cappvd org list checking\n  cappvd org standing O-4aQ… unit --stars 3 --days 730\n",
		.options = "  --stars N          0 to 5\n"
			   "  --days N           how long the standing runs; without it: until it is ended\n"
			   "  --suspend          keeps the standing without its rights\n"
			   "  --end              ends it\n"
			   "  --json             one object a line\n" },
	{ .name = "settings",
		.run = settings_command,
		.needs = NEEDS_HOUSE,
		.synopsis = "[list | get NAME | set NAME VALUE] [--json]",
		.summary = "shows or changes what an operator may change: time limits, password rules, number formats",
		.examples = "  cappvd settings\n  cappvd settings get verify_days\n  cappvd settings set password_policy mlps3 --reason "
			    "\"level 3 of the MLPS\"\n",
		.options = "  --json             one object a line\n" },
	{ .name = "migrate",
		.run_alone = migrate_command,
		.needs = NEEDS_FOLDER,
		.synopsis = "",
		.summary = "brings the schema of a library up to date; serve does the same when it starts",
		.examples = "  cappvd backup /backup/before && cappvd migrate\n",
		.options = "" },
	{ .name = "worker",
		.run_alone = worker_command,
		.needs = NEEDS_FOLDER,
		.synopsis = "--database URL",
		.summary = "runs the background work alone, for deployments of several nodes",
		.examples = "  cappvd worker --data /var/lib/cappvd-worker --database postgres://cappvd@db/cappvd\n",
		.options = "" },
	{ .name = "document",
		.run = document_command,
		.needs = NEEDS_NOTHING,
		.synopsis = "errors | permissions | settings | openapi | man [--out DIR] | completion | workflow",
		.summary = "writes the documents that are made from the program's own tables",
		.examples =
			"  cappvd document permissions > docs/made/permissions.md\n  cappvd document man --out /usr/local/share/man/man1\n",
		.options = "  --out DIR          with man: one file for each command\n" },
};
const size_t command_count = COUNT(commands);
