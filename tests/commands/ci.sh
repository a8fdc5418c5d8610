# bylaw ci: its steps, how it ends, what it writes for build services.   usage: sh ci.sh BYLAW WORK
. "$(dirname "$0")/expect.sh"
unset GITHUB_ACTIONS GITHUB_STEP_SUMMARY GITLAB_CI TF_BUILD

mkdir repository repository/.git
cd repository
expect 0 "a new project" bylaw init pay
cd pay
expect 0 "passes at once" bylaw ci --as-of 2026-11-30
says 'format  2 files'
says 'ends    nothing has ended or ends soon'
says 'PASSED  all 4 steps passed'
expect 0 "and -q says nothing" bylaw ci -q
says_exactly ''
cd ..
expect 0 "by its folder" bylaw ci pay
cd pay

cp policies/deploy.bylaw saved
sed 's/^policy release/policy   release/' saved > policies/deploy.bylaw
expect 1 "what is not formatted" bylaw ci --summary out.md
says 'policies/deploy.bylaw: not formatted; `bylaw fmt` does it'
says 'FAILED  1 of 4 steps failed: format'
grep -q '| ❌ format | 1 of 2 files not formatted |' out.md || fail "the summary has a line for it"
grep -q 'pay/policies/deploy.bylaw' out.md || fail "files are named from the repository's root"

sed 's/2026-12-20T/2026-12-21T/' saved > policies/deploy.bylaw
expect 1 "a scenario that fails" bylaw ci --report junit=junit.xml --summary out.md
says 'scenarios/deploy.scenarios.yaml'
says 'FAILED  1 of 4 steps failed: test'
grep -q '<failure' junit.xml || fail "a report of the scenarios"
grep -q '<details>' out.md || fail "the summary has its text"

sed 's/environment == staging/environmnt == staging/' saved > policies/deploy.bylaw
expect 2 "what does not compile" bylaw ci --report junit=junit.xml --summary out.md
says 'test    not played: the project does not compile'
says 'did you mean `environment`?'
grep -q '<error' junit.xml || fail "a report that is no success"

cp saved policies/deploy.bylaw
printf 'entry,through,owner,because\nGroup::release-team,2027-06-30,"Group::""platform""",they are on call @all\n' > lists/deployers.csv
expect 0 "what ends soon is told, and no failure" bylaw ci --as-of 2027-06-10 --summary out.md
says 'ends    1 list entry or policy'
grep -q '⏳ ends' out.md || fail "the summary tells what ends"
grep -q 'lists/deployers.csv' out.md || fail "and where"

# the services
sed 's/2026-12-20T/2026-12-21T/' saved > policies/deploy.bylaw
printf 'of another step\n' > step.md
expect 1 "GitHub" env GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY="$PWD/step.md" GITHUB_SERVER_URL=https://git.example \
  GITHUB_REPOSITORY=acme/policies GITHUB_SHA=4f2a9c1 "$BYLAW" ci
says '::error file=pay/scenarios/deploy.scenarios.yaml,line='
head -1 step.md | grep -q 'of another step' || fail "what other steps wrote stays"
grep -q 'https://git.example/acme/policies/blob/4f2a9c1/pay/scenarios/deploy.scenarios.yaml#L' step.md || fail "the job's summary has links"
expect 1 "Azure" env TF_BUILD=True "$BYLAW" ci --summary out.md
says '##vso[task.logissue type=error;sourcepath=pay/scenarios/deploy.scenarios.yaml'
says '##vso[task.uploadsummary]'
expect 1 "GitLab" env GITLAB_CI=true CI_PROJECT_URL=https://lab.example/acme CI_COMMIT_SHA=4f2a9c1 "$BYLAW" ci --summary out.md
grep -q 'https://lab.example/acme/-/blob/4f2a9c1/pay/' out.md || fail "links to GitLab"

expect 3 "no such folder" bylaw ci nowhere
expect 3 "a date that is none" bylaw ci --as-of tomorrow
expect 3 "a summary that cannot be written" bylaw ci --summary saved/x.md
expect 1 "a folder for the summary" bylaw ci --summary results/new/out.md
[ -s results/new/out.md ] || fail "is made"
rm scenarios/deploy.scenarios.yaml
cp saved policies/deploy.bylaw
expect 4 "nothing ran" bylaw ci
passed
