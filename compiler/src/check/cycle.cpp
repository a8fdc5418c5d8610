#include "check/cycle.h"

#include <bylaw/grammar/diagnostics/expressions.h>

#include <algorithm>

namespace bylaw::compiler {

namespace {

/// Consts are numbered from 0, defs after them.
struct Graph {
  std::uint32_t constants = 0;
  std::vector<std::vector<std::uint32_t>> uses;
};

Graph graph_of(const Checker& checker) {
  const Program& program = checker.program;
  Graph graph{.constants = program.constants.size()};
  const auto add = [&](ExprRange range) {
    std::vector<std::uint32_t> uses;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const Expr& expr = program.exprs[ExprId{i}];
      if (expr.kind == ExprKind::ConstantUse) uses.push_back(expr.constant.index);
      if (expr.kind == ExprKind::Call) uses.push_back(graph.constants + expr.function.index);
    }
    std::sort(uses.begin(), uses.end());
    uses.erase(std::unique(uses.begin(), uses.end()), uses.end());
    graph.uses.push_back(std::move(uses));
  };
  for (ExprRange range : checker.constant_exprs) add(range);
  for (ExprRange range : checker.function_exprs) add(range);
  return graph;
}

const Declared& declared(const Program& program, const Graph& graph, std::uint32_t index) {
  if (index < graph.constants) return program.constants[ConstantId{index}];
  return program.functions[FunctionId{index - graph.constants}];
}

void tell_cycle(Checker& checker, const Graph& graph, const std::vector<std::uint32_t>& path, std::uint32_t closing) {
  const auto start = std::find(path.begin(), path.end(), closing);
  std::string text;
  for (auto at = start; at != path.end(); ++at) text += "`" + declared(checker.program, graph, *at).name + "` -> ";
  const Declared& first = declared(checker.program, graph, closing);
  auto told = checker.diagnostics.report(codes::DefinedByItself, first.name_span,
                                         {{"name", first.name}, {"cycle", text + "`" + first.name + "`"}});
  for (auto at = start + 1; at < path.end(); ++at)
    told.note(declared(checker.program, graph, *at).name_span, "declared here");
}

/// Depth first, without recursion: chains may be as long as there are declarations.
struct Search {
  Checker& checker;
  const Graph& graph;
  enum class State : std::uint8_t { New, Open, Done };
  std::vector<State> states;
  std::vector<std::uint32_t> path;
  std::vector<std::size_t> next;  // by place in `path`: which use to follow

  void open(std::uint32_t index) {
    states[index] = State::Open;
    path.push_back(index);
    next.push_back(0);
  }
  void step() {
    const std::uint32_t at = path.back();
    if (next.back() == graph.uses[at].size()) {
      states[at] = State::Done;
      path.pop_back();
      next.pop_back();
      return;
    }
    const std::uint32_t use = graph.uses[at][next.back()++];
    if (states[use] == State::Open) tell_cycle(checker, graph, path, use);
    if (states[use] == State::New) open(use);
  }
};

bool reads_list(const Program& program, ExprRange range, const std::vector<bool>& functions) {
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const Expr& expr = program.exprs[ExprId{i}];
    if (expr.kind == ExprKind::ListUse || (expr.kind == ExprKind::Call && functions[expr.function.index])) return true;
  }
  return false;
}

/// By function: it reads a list, itself or through a call.
std::vector<bool> functions_that_read_lists(const Checker& checker) {
  std::vector<bool> read(checker.function_exprs.size());
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < read.size(); ++i) {
      if (read[i] || !reads_list(checker.program, checker.function_exprs[i], read)) continue;
      read[i] = true;
      changed = true;
    }
  }
  return read;
}

}  // namespace

void tell_definition_cycles(Checker& checker) {
  const Graph graph = graph_of(checker);
  Search search{.checker = checker, .graph = graph};
  search.states.resize(graph.uses.size());
  for (std::uint32_t i = 0; i < graph.uses.size(); ++i) {
    if (search.states[i] == Search::State::New) search.open(i);
    while (!search.path.empty()) search.step();
  }
}

void tell_inconstant_calls(Checker& checker) {
  const std::vector<bool> read = functions_that_read_lists(checker);
  std::vector<ExprRange> ranges = checker.constant_ranges;
  ranges.push_back(checker.default_exprs);
  for (ExprRange range : ranges)
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const Expr& expr = checker.program.exprs[ExprId{i}];
      if (expr.kind != ExprKind::Call || !read[expr.function.index]) continue;
      checker.diagnostics.report(codes::NotConstant, expr.span,
                                 {{"text", std::string(checker.input.sources.text(expr.span))},
                                  {"what", "what a list says, whose entries come and go with time"}});
    }
}

}  // namespace bylaw::compiler
