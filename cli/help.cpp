#include "help.h"

namespace bylaw::cli {
namespace {

// Its example is played by tests/commands/help.sh, and its keys are compared with what the runner reads.
constexpr std::string_view kScenarios =
    R"(Scenarios: a request and the verdict that it must get, in *.scenarios.yaml files

decision: deploy                            # what is asked
given:                                      # a partial request, laid under every scenario of the file
  now: 2026-11-24T10:00:00Z
  principal: User::bo
  environment: production
entities:                                   # who is there: parents in `in`, and attributes
  User::bo: {}
  User::cho: {in: Group::release-team}
scenarios:
  - name: an unlisted user does not deploy
    expect: deny
    by: default
  - name: a group within the team does, until the freeze begins
    when: {principal: User::cho}            # this case, laid over `given`
    table:                                  # a case a row
      - [now,                  expect, by                  ]
      - [2026-12-19T23:59:59Z, allow,  [release.production]]
      - [2026-12-20T00:00:00Z, deny,   [freeze.holidays]   ]
  - name: who may go where
    grid:                                   # a case a cell
      - [principal / environment, staging, production]
      - [User::bo,                allow,   deny      ]
      - [User::cho,               allow,   allow     ]

Where        file: decision use entities requests params given only about tags scenarios properties
             `group: TITLE` in scenarios: the same but `use`, and skip
Scenario     name about tags decision entities params like when only skip failing; table, each or grid
Property     forall: {PATH: any T, every T, 1..9 or a list}, assume: CONDITION, runs: N, expectations, same_as, never_more_than

Expectations  exact if they are there, not looked at if not; `~` in a cell leaves one out
  expect      allow, deny or invalid; `show` prints the answer, `bylaw test --update` writes it
  by          the rules that decided, `default`, or {includes: [..]}
  message     a text, {contains: ..} or {matches: ..}; or {RULE: one of these, or a list of all}
  findings    {RULE of a `for each`: its elements, how many, or {includes: [..]}}; {}: none
  obliges     {NAME: value}, {}: none                   annotations  {NAME: [values]}, or {RULE: {NAME: value}}
  exempt      the exempt rules that held, []: none      entries      {LIST: [entries that made them hold]}, {}: none
  audit       the rules by which audited policies would decide; would_be: the verdict with them enforced
  invalid     {path: token.expires, code: R0102}, with `expect: invalid`

Columns      of table, each and grid: a path (token.expires, pod.containers.0.image), an expectation, decision, like, tags,
             params.NAME, or a name of your own, which is $NAME elsewhere
Values       the declared type reads them. Times: 2026-01-31, `now + 30d`, `token.created + 1h`. Entities: User::bo refers,
             {type: User, id: bo, in: [Group::dev]} describes. {unknown: x} of an open enum, {$json: "5.0"} as it is, ~ takes away

bylaw test FILE:LINE plays one scenario, -k 'tag:smoke and rule:freeze' some, --list names them.
All of it: docs/scenarios.md
)";

constexpr HelpPage kPages[] = {
    {"scenarios", "the format of scenario files, on one page", kScenarios},
};

}  // namespace

std::span<const HelpPage> help_pages() {
  return kPages;
}

}  // namespace bylaw::cli
