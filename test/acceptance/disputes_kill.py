#!/usr/bin/env python3
"""SIGKILL while the last vote of a panel opens the others and is carried out: after the restart the decision is whole, or it has not begun.

  disputes_kill.py [--kills 10] [--seed N]

Whole: the dispute is decided, every vote is open, and the report is back in the formal review. Not begun: two votes, sealed, and the report is rejected
as it was; then the last vote is given again, and decides. What was acknowledged is always whole."""
import argparse
import http.client
import random
import signal
import threading
import time

from api import demonstration
from disputes_api import ALL, OATH, Disputes


def prepare(api, number):
    """A dispute with two of three votes; gives the report, the dispute and who votes last."""
    report = api.rejected(f'KILLED {number}')
    dispute = api.appealed(report)
    names = api.at_panel(dispute)
    for name in names:
        api.act(name, 'disputes', dispute, 'undertake', OATH)
    for name in names[:2]:
        api.vote(name, dispute, 'set-aside')
    return report, dispute, names[2]


def last_vote(api, dispute, name, said):
    try:
        said.append(api.vote(name, dispute, 'set-aside', False)[0])
    except (OSError, http.client.HTTPException, ValueError):
        pass


def look(api, report, dispute, was_acknowledged):
    """Adds what is half; True: it is whole."""
    seen, state = api.get('reporter', f'/disputes/{dispute}'), api.get('reporter', f'/reports/{report}')['state']
    open_votes = sum('verdict' in s and bool(s['verdict']) for s in seen['seats'])
    whole = (seen['state'], open_votes, state, seen['outcome']) == ('DECIDED', 3, 'FORMAL_REVIEW', 'set-aside')
    untouched = (seen['state'], open_votes, state, seen['outcome']) == ('PANEL', 0, 'REJECTED', None)
    api.that(whole or untouched, 'whole or not begun', f'{seen["state"]} {open_votes} {state} {seen["outcome"]}')
    api.that(whole or not was_acknowledged, 'what was acknowledged is there', f'{seen["state"]} {state}')
    return whole


def run(api, library, options):
    moments, whole, again = random.Random(options.seed), 0, 0
    matters = [prepare(api, n) for n in range(options.kills)]
    for report, dispute, name in matters:
        said = []
        voter = threading.Thread(target=last_vote, args=(api, dispute, name, said))
        voter.start()
        time.sleep(moments.uniform(0.0, 0.06))
        library.kill()
        voter.join()
        library.start('demo', '--keep')  # whose people have the second factor of the demonstration
        if look(api, report, dispute, 200 in said):
            whole += 1
            continue
        again += 1
        api.vote(name, dispute, 'set-aside')
        api.that(look(api, report, dispute, True), 'given again, it decides')
    library.process.send_signal(signal.SIGTERM)
    library.process.wait()
    check = library.run('check', '--deep')
    api.that(check.returncode == 0, 'the library is whole', check.stdout)
    print(f'{options.kills} kills: {whole} whole, {again} not begun')


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--kills', type=int, default=10)
    arguments.add_argument('--seed', type=int, default=20260305)
    options = arguments.parse_args()
    with demonstration('disputes-kill', Disputes) as api:
        api.make_tokens({who: ALL[who] for who in ('reporter', 'coordinator', 'other_coordinator')})
        run(api, api.library, options)


if __name__ == '__main__':
    main()
