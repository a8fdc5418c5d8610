# bylaw test --report, bylaw check --format: which files and streams they write, and how they end.   sh reports.sh BYLAW WORK
. "$(dirname "$0")/expect.sh"

mkdir -p repository/.git repository/teams/pay
cd repository/teams/pay
printf 'policies: [.]\nscenarios: [.]\n' > bylaw.yaml
printf 'module m\ndecision d { n: Int  default allow }\npolicy p for d { deny large when n > 10 }\n' > m.bylaw
printf 'decision: d\nscenarios:\n  - {name: fails, when: {n: 3}, expect: deny}\n  - {name: passes, when: {n: 3}, expect: allow}\n' > m.scenarios.yaml

expect 1 "several reports at once" bylaw test --report junit=out/junit.xml --report sarif=out/s.sarif --report markdown=out/m.md
says 'FAILED  2 scenarios'
[ "$(ls out | tr '\n' ' ')" = 'junit.xml m.md s.sarif ' ] || fail "three files and nothing beside them: $(ls out)"
grep -q 'file="teams/pay/m.scenarios.yaml" line="3"' out/junit.xml || fail "paths begin at the repository's root"
grep -q '### Bylaw: 1 of 2 scenarios failed' out/m.md || fail "the summary's headline"

expect 1 "a report on standard output" bylaw test --report tap=-
says 'TAP version 14'
tells 'FAILED  2 scenarios'
expect 1 "annotations beside the text" bylaw test --report github=-
says '::error file=teams/pay/m.scenarios.yaml,line=3'

expect 3 "an unknown format" bylaw test --report junt=x
tells 'did you mean `junit`?'
expect 3 "no file" bylaw test --report junit
tells 'says no file'
expect 3 "one file for two" bylaw test --report junit=x --report tap=x
: > file
expect 3 "a file that cannot be written" bylaw test --report junit=file/x.xml
tells 'cannot be written'

expect 0 "what passes" bylaw test -k passes --report tap=-
says 'ok 1 - m.scenarios.yaml: passes'
expect 4 "nothing that ran is told" bylaw test -k nothing --report tap=- --report junit=none.xml
says 'Bail out! nothing ran'
grep -q '<error' none.xml || fail "nothing that ran is an error"

expect 0 "a warning of check" bylaw check --format github
says_exactly '::warning file=teams/pay/m.bylaw,line=3,endLine=3,title=W0301::`large` denies without saying why'
expect 0 "check -q is silent" bylaw check -q --format github
says_exactly ''
printf 'module m\ndecision d { n: Int  default allow }\npolicy p for d { deny large when m > 10 }\n' > m.bylaw
expect 2 "reports of what does not compile" bylaw test --report junit=broken.xml --report github=-
grep -q 'type="E' broken.xml || fail "an error for each diagnostic"
says '::error file=teams/pay/m.bylaw,line=3'
expect 2 "check as annotations" bylaw check --format github
says '::error file=teams/pay/m.bylaw,line=3'
expect 2 "check as SARIF" bylaw check --format sarif
says '"uri": "teams/pay/m.bylaw"'
printf 'requires: ">= 99"\n' > bylaw.yaml
expect 2 "a project that does not load" bylaw test --report junit=refused.xml
grep -q '<error' refused.xml || fail "is an error of the report"
passed
