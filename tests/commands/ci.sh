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
says 'PASSED  all 5 steps passed'
expect 0 "and -q says nothing" bylaw ci -q
says_exactly ''
cd ..
expect 0 "by its folder" bylaw ci pay
cd pay

cp policies/deploy.bylaw saved
sed 's/^policy release/policy   release/' saved > policies/deploy.bylaw
expect 1 "what is not formatted" bylaw ci --summary out.md
says 'policies/deploy.bylaw: not formatted; `bylaw fmt` does it'
says 'FAILED  1 of 5 steps failed: format'
grep -q '| ❌ format | 1 of 2 files not formatted |' out.md || fail "the summary has a line for it"
grep -q 'pay/policies/deploy.bylaw' out.md || fail "files are named from the repository's root"

sed 's/2026-12-20T/2026-12-21T/' saved > policies/deploy.bylaw
expect 1 "a scenario that fails" bylaw ci --report junit=junit.xml --summary out.md
says 'scenarios/deploy.scenarios.yaml'
says 'FAILED  1 of 5 steps failed: test'
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
# gates
cp saved policies/deploy.bylaw
cp bylaw.yaml plain.yaml
printf 'gates: {rules: 100%%, conditions: 100%%, mutants: 100%%}\n' >> bylaw.yaml
cp scenarios/deploy.scenarios.yaml all.yaml
sed '/everybody deploys/,/by:/d' all.yaml > scenarios/deploy.scenarios.yaml
expect 5 "a gate that is not met" bylaw ci --as-of 2026-11-30 --summary out.md
says 'cover   rules 2 of 3'
says ', gate rules: 66.67% of at least 100%, gate conditions: '
says 'survives in deploy.'
says 'of at least 100%'
says 'FAILED  2 of 6 steps failed: cover, mutants'
grep -q '#### Coverage' out.md || fail "the summary has coverage"
grep -q '#### Changes that no scenario notices' out.md || fail "and what survives"
cp plain.yaml bylaw.yaml
mv all.yaml scenarios/deploy.scenarios.yaml

# what changed, and what that does
expect 3 "a base without a repository is no yes" env GIT_CEILING_DIRECTORIES="$WORK" "$BYLAW" ci --base main --as-of 2026-11-30
says 'is not in a git repository'
says 'git does not tell what changed since main'
if command -v git > /dev/null; then
  cd "$WORK" && mkdir history && cd history
  as() { git -c user.name=a -c user.email=a@example.com -c commit.gpgsign=false "$@"; }
  git init -q -b main . && bylaw init pay > "$WORK/.out" && git add -A && as commit -q -m first
  cd pay
  printf 'ci: {base: main}\n' >> bylaw.yaml
  git add -A && as commit -q -m settings && git checkout -q -b change
  expect 0 "nothing changed" bylaw ci --as-of 2026-11-30
  says 'changes nothing changed since main ('
  sed 's/2026-12-20T/2026-12-19T/; s/environment == staging$/environment == staging and now < 2026-01-01/' \
    policies/deploy.bylaw > new && mv new policies/deploy.bylaw
  sed 's/2026-12-19T23/2026-12-18T23/; s/2026-12-20T/2026-12-19T/' scenarios/deploy.scenarios.yaml > new
  sed '/everybody deploys/,/by:/{s/expect: allow/expect: deny/;s/by: .*/by: default/;}' new > scenarios/deploy.scenarios.yaml
  rm new
  expect 0 "two losses" bylaw ci --as-of 2026-11-30 --summary out.md
  says '- scenarios/deploy.scenarios.yaml:'
  says '    was  allow by release.staging'
  says '    is   deny by default'
  says '4 of 10 scenarios decide otherwise than at main ('
  says '): 4 losses; 2 of these are no longer here'
  says '; of what changed rules '
  grep -q '#### What this change does' out.md || fail "the summary has it"
  grep -q '| ➖ | everybody deploys to staging ' out.md || fail "with its scenario"
  git diff --quiet --cached || fail "the index is as it was"
  git add -A && as commit -q -m stricter && git checkout -q -b back && git checkout -q change~1 -- policies scenarios
  printf 'ci: {base: change, new_allow: forbid}\n' > ci.yaml && grep -v '^ci:' bylaw.yaml | cat - ci.yaml > new && mv new bylaw.yaml && rm ci.yaml
  expect 5 "gains are refused" bylaw ci --as-of 2026-11-30
  says '): 4 gains; 2 of these are no longer here; `new_allow: forbid` of bylaw.yaml lets pass what is shown to gain nothing'
  says 'FAILED  1 of 6 steps failed: changes'
  git add -A && as commit -q -m forbids && git checkout -q -b looser
  sed 's/base: change, new_allow: forbid/base: back, new_allow: report/' bylaw.yaml > new && mv new bylaw.yaml
  for file in policies/deploy.bylaw scenarios/deploy.scenarios.yaml; do sed 's/2026-12-20T/2026-12-21T/; s/2026-12-19T23/2026-12-20T23/' "$file" > new && mv new "$file"; done
  expect 5 "the base forbids gains" bylaw ci --as-of 2026-11-30
  says 'lets pass what is shown to gain nothing'
  git checkout -q -f back
  expect 3 "a revision that is none" bylaw ci --base nowhere
  says 'git knows no revision `nowhere`'
  sha=$(git rev-parse change) && git update-ref refs/remotes/origin/upstream "$sha"
  expect 5 "a branch that only the remote has" bylaw ci --as-of 2026-11-30 --base upstream
  says 'than at upstream ('
  printf 'pay/\n' > ../.gitignore && git rm -r -q --cached . && as commit -q -m ignored
  expect 3 "a folder that git ignores has not stayed the same" bylaw ci --as-of 2026-11-30
  says 'error: git ignores `'
  says 'git does not tell what changed since change'
  printf 'ci: {base: -x, new_allow: scenario}\n' > bylaw.yaml
  expect 2 "settings that are none" bylaw ci
  tells '`new_allow` is a text: it takes `report` or `forbid`'
  cd "$WORK/repository/pay"
fi

rm scenarios/deploy.scenarios.yaml
cp saved policies/deploy.bylaw
expect 4 "nothing ran" bylaw ci
passed
