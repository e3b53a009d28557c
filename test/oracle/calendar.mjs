// Compares every day of the built-in years with an independent calendar.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const { isWorkday, getDayDetail } = createRequire(import.meta.url)('chinese-days');
const program = fileURLToPath(new URL('../../build/cappvd', import.meta.url));
let passed = 0, failed = 0;

function check(truth, what) {
	if (truth) passed++;
	else if (++failed <= 20) console.log(what);
}

for (let year = 2020; year <= 2026; year++) {
	const run = spawnSync(program, ['calendar', String(year), '--json', '--lang', 'zh'], { encoding: 'utf8' });
	if (run.status !== 0) {
		check(false, `${year}: exit ${run.status} ${run.stderr}`);
		continue;
	}
	const { source, days } = JSON.parse(run.stdout);
	check(new RegExp(`^国办发明电〔${year - 1}〕\\d+号`).test(source), `${year}: source ${source}`);
	check(days.length === (year % 4 ? 365 : 366) && days[0].date === `${year}-01-01` && days.at(-1).date === `${year}-12-31`, `${year}: not all days`);
	for (const { date, kind, occasion } of days) {
		const works = kind === 'working' || kind === 'make-up', name = getDayDetail(date).name.split(',')[1];
		check(works === isWorkday(date), `${date}: ${kind}`);
		if (occasion) check(name !== undefined && (occasion.includes(name) || name.includes('中秋') || name.includes('国庆')), `${date}: ${occasion}, calendar says ${name}`);
		else check(name === undefined, `${date}: no occasion, calendar says ${name}`);
	}
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
