# bylaw init: a project that passes at once, files for services whose script lines do what they say, nothing overwritten.
#   usage: sh init.sh BYLAW WORK
. "$(dirname "$0")/expect.sh"
unset GITHUB_ACTIONS GITHUB_STEP_SUMMARY GITLAB_CI TF_BUILD

expect 0 "a project with files for all services" bylaw init acme --ci github --ci gitlab --ci azure --ci pre-commit
says 'Created bylaw.yaml .gitignore lists/deployers.csv policies/deploy.bylaw scenarios/deploy.scenarios.yaml .github/'
says 'Next: cd acme && bylaw test'
says 'Set BYLAW_REPOSITORY in .gitlab-ci.yml'
cd acme
find . -type f | sort > "$WORK/.found"
same "the files" "$WORK/.found" './.github/workflows/bylaw.yml
./.gitignore
./.gitlab-ci.yml
./.pre-commit-config.yaml
./azure-pipelines.yml
./bylaw.yaml
./lists/deployers.csv
./policies/deploy.bylaw
./scenarios/deploy.scenarios.yaml'
grep -rq '@VERSION@' . && fail "the version is filled in"
expect 0 "passes at once, without a warning" bylaw ci
says 'check   0 errors, 0 warnings'
says 'all 3 rules held at least once'

# Nothing is overwritten, and a project gets files for services alone.
for file in $(cat "$WORK/.found"); do echo mine > "$file"; done
expect 0 "a second time" bylaw init . --ci github
says 'Created nothing'
says 'Left alone, since they were there: .github/workflows/bylaw.yml'
for file in $(cat "$WORK/.found"); do same "kept" "$file" mine; done
cd ..
mkdir half half/policies
echo mine > half/policies/deploy.bylaw
ln -s nowhere half/.gitignore
expect 0 "half of it" bylaw init half
says 'Left alone, since they were there: .gitignore policies/deploy.bylaw'
same "kept" half/policies/deploy.bylaw mine
[ -e nowhere ] && fail "a link that leads nowhere is left alone"
: > file
expect 3 "below a file" bylaw init file/x
expect 3 "an unknown service" bylaw init other --ci circle
[ -e other ] && fail "wrong usage writes nothing"

# What the services run, in a shell where git, apt-get and Bylaw's own build are stubs.
mkdir stubs
REAL_GIT=$(command -v git || true)
export REAL_GIT
cat > stubs/git <<'STUB'
#!/bin/sh
[ "$1" = clone ] || exec "$REAL_GIT" "$@"
for last; do :; done
mkdir -p "$last"
printf '#!/bin/sh\n[ "$1" = install ] && echo "installed to $PREFIX"\n' > "$last/dev"
chmod +x "$last/dev"
echo "git $*"
STUB
printf '#!/bin/sh\n' > stubs/apt-get
chmod +x stubs/*
ln -s "$BYLAW" stubs/bylaw
PATH=$WORK/stubs:$PATH
export PATH

# scripts FILE: the lines of its `run`, `script` and of lists below `script`, as the service would run them.
scripts() {
  python3 - "$1" <<'PY'
import sys, yaml
document = yaml.safe_load(open(sys.argv[1]))
def lines(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "script"):
                yield from ([value] if isinstance(value, str) else value)
            else:
                yield from lines(value)
    elif isinstance(node, list):
        for item in node:
            yield from lines(item)
print("\n".join(lines(document)))
PY
}
# A clone as a service makes it: of the branch that a change goes into there is only what the remote has.
as_cloned() {
  (cd checkout && git init -q -b main . && git add -A &&
    git -c user.name=a -c user.email=a@example.com -c commit.gpgsign=false commit -q -m first &&
    git update-ref refs/remotes/origin/main HEAD && git checkout -q --detach && git branch -q -D main)
}
run_service() { # NAME FILE VARIABLE=VALUE..
  name=$1
  file=$2
  shift 2
  rm -rf checkout && mkdir checkout
  expect 0 "$name: the project" bylaw init checkout --ci "$name"
  as_cloned
  scripts "checkout/$file" > script.sh
  [ -s script.sh ] || fail "$name: has script lines"
  (cd checkout && expect 3 "$name: without a repository" env "$@" sh -e ../script.sh && exit "$failures") || failures=$((failures + 1))
  (cd checkout && expect 0 "$name: its script lines" env BYLAW_REPOSITORY=https://git.example/bylaw BYLAW_REVISION=v1 "$@" sh -e ../script.sh
    says 'git clone --depth 1 --branch v1 https://git.example/bylaw'
    says 'installed to'
    says 'changes nothing changed since origin/main ('
    says 'PASSED  all 6 steps passed'
    [ -s bylaw-results/junit.xml ] || fail "$name: the report is where the service looks for it"
    exit "$failures") || failures=$((failures + 1))
}
mkdir temp home
if [ -n "$REAL_GIT" ]; then
run_service github .github/workflows/bylaw.yml RUNNER_TEMP="$WORK/temp" HOME="$WORK/home" GITHUB_PATH="$WORK/path"
grep -q home/.local/bin "$WORK/path" || fail "github: Bylaw is on the path"
run_service gitlab .gitlab-ci.yml CI_PROJECT_DIR="$WORK/checkout"
run_service azure azure-pipelines.yml AGENT_TEMPDIRECTORY="$WORK/temp" HOME="$WORK/home" \
  SYSTEM_PULLREQUEST_TARGETBRANCH=refs/heads/main
fi
rm -rf hooked && mkdir hooked
expect 0 "pre-commit: the project" bylaw init hooked --ci pre-commit
cd hooked
expect 0 "pre-commit: its entry" sh -c "$(sed -n 's/^ *entry: //p' .pre-commit-config.yaml)"
grep -q '^ *- id: bylaw$' .pre-commit-config.yaml || fail "pre-commit: the hook has an id"

# `bylaw` alone says what to do next.
expect 3 "bylaw alone, in a project" bylaw
says 'bylaw test'
mkdir "$WORK/bare" "$WORK/bare/.git" && cd "$WORK/bare" || exit 1
expect 3 "bylaw alone, elsewhere" bylaw
says 'bylaw init'
passed
