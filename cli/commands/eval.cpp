// bylaw eval: decides requests with a project, a file or a bundle.
#include <bylaw/runner/run.h>
#include <fmt/core.h>
#include <fmt/format.h>
#include <bylaw/explain.hpp>
#include <bylaw/report.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "commands/commands.h"
#include "decider.h"
#include "entity_data.h"
#include "envelope.h"
#include "loading.h"

namespace bylaw::cli {
namespace {

constexpr std::size_t kLargestRequest = 256u << 20;  // read whole; the engine's own limit is told as R0003

struct Options {
  std::string path = ".";
  std::string request, requests, decision, format;
  std::vector<std::string> entities, params;
  bool envelope = false, explain = false, fail_on_deny = false, quiet = false, verbose = false;
};

bool is_bundle(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  char magic[5] = {};
  return path.ends_with(".bylawc") || (file.read(magic, 5) && std::string_view(magic, 5) == "BYLAW");
}

std::optional<int> read_options(const Subcommand& self, std::vector<std::string> arguments, Options& options) {
  CLI::App app;
  app.add_option("PROJECT", options.path,
                 "a project's folder, a file in it, or a bundle (default: the project around here)");
  app.add_option("--request", options.request, "one request, JSON or YAML; - is standard input");
  app.add_option("--requests", options.requests,
                 "many requests, JSON, one a line; - is standard input. Writes a JSON result a line");
  app.add_flag("--envelope", options.envelope, "each line is {\"id\": .., \"decision\": .., \"request\": ..}");
  app.add_option("--decision", options.decision, "which decision is asked, if there are several");
  add_param_option(app, options.params);
  app.add_option("--entities", options.entities,
                 "entity data: YAML, JSON, CSV or a snapshot, over that of the project");
  app.add_option("--format", options.format, "text (default for --request) or json")
      ->check(CLI::IsMember({"text", "json"}));
  app.add_flag("--explain", options.explain, "rule by rule: what held, and the first condition that did not");
  app.add_flag("--fail-on-deny", options.fail_on_deny, "exit with 1 unless everything is allowed");
  app.add_flag("-q,--quiet", options.quiet, "no warnings");
  app.add_flag("-v,--verbose", options.verbose, "also: the configuration found, files read, what was not entered");
  if (const auto status = parse(app, self, std::move(arguments))) return status;

  const bool many = !options.requests.empty();
  if (many == !options.request.empty())
    return usage_error(many ? "--request and --requests exclude each other"
                            : "no request: give --request FILE or --requests FILE (- is standard input)",
                       "bylaw eval --help");
  if (options.envelope && !many) return usage_error("--envelope is about the lines of --requests");
  if (options.explain && many) return usage_error("--explain explains one request: use --request");
  if (many && options.format == "text") return usage_error("--requests writes JSON, a result a line");
  const auto snapshot = std::find_if(options.entities.begin(), options.entities.end(), is_snapshot);
  if (snapshot != options.entities.end() && options.entities.size() != 1 && is_bundle(options.path))
    return usage_error(fmt::format("nothing is laid over the snapshot `{}` where only a bundle is known", *snapshot),
                       "bylaw build --entities lays files over each other and makes one snapshot of them");
  if (options.format.empty()) options.format = many ? "json" : "text";
  if (options.explain && options.format == "json") return usage_error("--explain is text: leave --format json away");
  return std::nullopt;
}

/// The bundle of the path, compiled if it is a project; a status means: leave with it.
std::optional<int> open_bundle(const Options& options, Loaded& loaded, std::optional<Bundle>& bundle) {
  if (is_bundle(options.path)) {
    if (!options.params.empty())
      return usage_error("--param: the params of a bundle have the values that it was built with",
                         "bylaw build --param " + options.params.front());
    Result<Bundle> opened = Bundle::open(options.path.c_str());
    if (!opened) return usage_error(opened.error().to_text());
    bundle = *opened;
    return std::nullopt;
  }
  compiler::Bundle compiled;
  if (const auto status = load_and_compile(options.path, loaded, compiled, !options.quiet)) return status;
  if (options.verbose) tell_what_was_read(loaded);
  Result<Bundle> opened = Bundle::from(compiled.bytes);
  if (!opened) throw std::runtime_error("the compiler wrote a bundle that is refused: " + opened.error().to_text());
  bundle = *opened;
  return std::nullopt;
}

/// The problem, or if there is none the diagnostics.
int tell_unreadable(const Loaded& loaded, const std::string& problem) {
  if (!problem.empty()) return usage_error(problem);
  tell(loaded, stderr, true);
  return kUsage;
}

std::optional<int> read_entities(const Options& options, Loaded& loaded, const Bundle& bundle,
                                 std::optional<Entities>& entities) {
  const bool has_program = !is_bundle(options.path);
  const bool alone = options.entities.size() == 1 && loaded.project.entity_files.empty();
  if (!alone || !is_snapshot(options.entities[0]))
    return read_entity_files(options.entities, loaded, has_program, bundle, !options.quiet, entities);
  const Result<Entities> opened = Entities::open(options.entities[0].c_str());
  if (!opened) return usage_error(opened.error().to_text());
  entities = *opened;
  return std::nullopt;
}

std::optional<int> link_world(const Options& options, Loaded& loaded, const Bundle& bundle,
                              std::optional<Decider>& decider) {
  std::optional<Entities> entities;
  if (const auto status = read_entities(options, loaded, bundle, entities)) return status;
  const Result<World> world = World::link(bundle, *entities);
  if (!world) return usage_error(world.error().to_text());
  decider.emplace(*world);
  return std::nullopt;
}

std::optional<std::string> decision_name(const Options& options) {
  return options.decision.empty() ? std::nullopt : std::optional<std::string>(options.decision);
}

std::optional<std::string> read_all(const std::string& path, std::string& problem) {
  std::string bytes;
  if (path != "-")
    return compiler::read_file(path, kLargestRequest, bytes, problem) ? std::optional(bytes) : std::nullopt;
  bytes.assign(std::istreambuf_iterator<char>(std::cin), {});
  return bytes;
}

/// The same with paths that lead to the sources from where the reader stands.
Explanation from_here(Explanation explanation, const std::string& prefix) {
  const auto mend = [&](ConditionTrace& condition) {
    condition.place.file.insert(0, prefix);
    condition.definition.file.insert(0, prefix);
  };
  for (PolicyTrace& policy : explanation.policies) {
    std::for_each(policy.guard.begin(), policy.guard.end(), mend);
    for (RuleTrace& rule : policy.rules) {
      rule.place.file.insert(0, prefix);
      std::for_each(rule.conditions.begin(), rule.conditions.end(), mend);
    }
  }
  return explanation;
}

int decide_one(const Options& options, Loaded& loaded, Decider& decider) {
  if (!decision_name(options) && decider.world().decisions().size() != 1)
    return usage_error(fmt::format("there are several decisions: say which with --decision ({})",
                                   fmt::join(decider.decision_names(), ", ")));
  std::string problem;
  const auto bytes = read_all(options.request, problem);
  if (!bytes) return usage_error(problem);
  const auto json = read_document(options.request, *bytes, loaded.project.input.sources, loaded.diagnostics);
  if (!json) return tell_unreadable(loaded, "");
  const Report result = decider.decide(decision_name(options), *json);
  const Decider::Desk* desk = decider.last();
  if (options.format == "json")
    fmt::print("{}\n", to_json(result));
  else
    fmt::print("{}", to_text(result, desk == nullptr ? nullptr : &desk->decision, loaded.prefix));
  if (options.explain && desk != nullptr && result.verdict != Outcome::Invalid)
    fmt::print("\n{}", to_text(from_here(explain(desk->decision, desk->request, desk->verdict), loaded.prefix)));
  return options.fail_on_deny && result.verdict != Outcome::Allow ? kNo : kYes;
}

Report decide_line(const Options& options, Decider& decider, std::string_view line, ReportFrame& frame) {
  if (!options.envelope) return decider.decide(decision_name(options), line);
  Envelope envelope;
  std::optional<Error> error = read_envelope(line, envelope);
  frame.id = envelope.id;
  if (error) return invalid_report(std::move(*error));
  return decider.decide(envelope.decision ? envelope.decision : decision_name(options), envelope.request);
}

int decide_lines(const Options& options, Decider& decider) {
  std::ifstream file;
  if (options.requests != "-") {
    file.open(options.requests, std::ios::binary);
    if (!file) return usage_error(fmt::format("`{}` cannot be read", options.requests));
  }
  std::istream& input = options.requests == "-" ? std::cin : file;
  bool all_allowed = true;
  std::string line;
  for (std::uint64_t number = 1; std::getline(input, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    ReportFrame frame{.line = number};
    const Report result = decide_line(options, decider, line, frame);
    all_allowed = all_allowed && result.verdict == Outcome::Allow;
    fmt::print("{}\n", to_json(result, frame));
  }
  if (input.bad()) return usage_error(fmt::format("`{}` cannot be read to its end", options.requests));
  return options.fail_on_deny && !all_allowed ? kNo : kYes;
}

}  // namespace

int run_eval(const Subcommand& self, std::vector<std::string> arguments) {
  Options options;
  if (const auto status = read_options(self, std::move(arguments), options)) return *status;
  Loaded loaded{.params = options.params};
  std::optional<Bundle> bundle;
  std::optional<Decider> decider;
  if (const auto status = open_bundle(options, loaded, bundle)) return *status;
  if (const auto status = link_world(options, loaded, *bundle, decider)) return *status;
  if (decision_name(options) && !decider->world().decision(options.decision))
    return usage_error(decider->world().decision(options.decision).error().text);
  return options.requests.empty() ? decide_one(options, loaded, *decider) : decide_lines(options, *decider);
}

}  // namespace bylaw::cli
