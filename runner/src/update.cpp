#include <bylaw/runner/update.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "reread.h"

namespace bylaw::runner {
namespace {

using grammar::Span;

/// What the cases of one expectation want it to be; nothing: what it is.
struct Wish {
  std::optional<std::string> text;
  const CaseResult* by = nullptr;
  bool differ = false;
};

struct Change {
  Span span;
  std::string text;
};

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// The place of the last character before `at` that is no blank, or npos.
std::size_t before(std::string_view bytes, std::size_t at) {
  while (at > 0 && is_blank(bytes[at - 1])) --at;
  return at == 0 ? std::string_view::npos : at - 1;
}

class Update {
 public:
  Update(const compiler::Project& project, const RunResult& result)
      : project_(project), result_(result), again_(project) {}

  Updated run() {
    for (const CaseResult& one : result_.cases) add_wishes(one);
    for (const auto& [span, wish] : wishes_) {
      if (!wish.text) continue;
      if (wish.differ)
        leave(*wish.by, "its cases differ, so each needs a cell of its own");
      else
        changes_[span.source].push_back({span, *wish.text});
    }
    if (!changes_.empty()) check_again();
    for (auto& [source, changes] : changes_) write(source, changes);
    return std::move(updated_);
  }

 private:
  const grammar::Sources& sources() const { return project_.input.sources; }

  /// What is to be written is read with the program that was played.
  void check_again() {
    grammar::Diagnostics told;
    program_ = compiler::check(again_.input, told);
  }

  bool is_block(Span span) const {
    const std::string_view text = sources().text(span);
    return text.starts_with('|') || text.starts_with('>');
  }

  void leave(const CaseResult& one, const std::string& why) {
    std::string line = fmt::format("{}:{}: {}: {}", one.file, one.line, one.title(), why);
    if (std::find(updated_.left.begin(), updated_.left.end(), line) == updated_.left.end())
      updated_.left.push_back(std::move(line));
  }

  void add_wishes(const CaseResult& one) {
    if (one.status == CaseStatus::Skipped) return;
    if (one.status == CaseStatus::Failed && !one.keeps.empty()) leave(one, one.keeps);
    std::set<std::string> found;
    for (const WrittenExpectation& written : one.written) {
      const auto rewrite = std::find_if(one.rewrites.begin(), one.rewrites.end(),
                                        [&](const auto& entry) { return entry.first == written.key; });
      std::optional<std::string> text;
      if (rewrite != one.rewrites.end() && one.keeps.empty()) text = rewrite->second;
      if (rewrite != one.rewrites.end()) found.insert(rewrite->first);
      if (text && is_block(written.span)) {
        leave(one, fmt::format("`{}` is a block of text, which is rewritten by hand", written.key));
        continue;
      }
      if (written.repeated) {
        if (text)
          leave(one, fmt::format("`{}` is repeated elsewhere by an alias, which would change too", written.key));
        continue;
      }
      wish(written.span, std::move(text), one);
    }
    for (const auto& [key, text] : one.rewrites)
      if (found.count(key) == 0 && !one.shown && one.keeps.empty())
        leave(one, fmt::format("`{}` comes from an alias or holds a `$name`", key));
    if (one.shown) insert_shown(one);
  }

  void wish(Span span, std::optional<std::string> text, const CaseResult& one) {
    const auto [known, is_new] = wishes_.try_emplace(span, Wish{text, &one, false});
    if (is_new || known->second.text == text) return;
    known->second.differ = true;
    if (text) known->second.text = std::move(text), known->second.by = &one;
  }

  /// After `expect: show` come the keys that it would have.
  void insert_shown(const CaseResult& one) {
    const auto expect = std::find_if(one.written.begin(), one.written.end(),
                                     [](const WrittenExpectation& written) { return written.key == "expect"; });
    if (expect == one.written.end() || expect->repeated) return;
    const std::string_view bytes = sources()[expect->span.source].bytes();
    const std::size_t colon = before(bytes, expect->span.begin);
    constexpr std::string_view kKey = "expect";
    const bool after_key = colon != std::string_view::npos && bytes[colon] == ':' && colon >= kKey.size() &&
                           bytes.substr(colon - kKey.size(), kKey.size()) == kKey;
    if (!after_key) return;  // a cell: the other keys are columns of their own
    const std::string between = separator(bytes, colon - kKey.size());
    std::string text;
    for (const auto& [key, value] : one.rewrites)
      text += key == "expect" ? value : between + key + ": " + value;  // `expect` comes first
    wish_again(expect->span, std::move(text), one);
  }

  void wish_again(Span span, std::string text, const CaseResult& one) {
    Wish& known = wishes_[span];
    if (known.by == &one) known.text = std::move(text);
  }

  /// What stands between two keys of the map whose key begins at `at`: a comma, or the end of a line and its
  /// indentation.
  static std::string separator(std::string_view bytes, std::size_t at) {
    const std::size_t line = bytes.rfind('\n', at == 0 ? 0 : at - 1);
    const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
    const std::string_view head = bytes.substr(begin, at - begin);
    const bool alone = head.find_first_not_of(" -") == std::string_view::npos;
    return alone ? "\n" + std::string(head.size(), ' ') : ", ";
  }

  // --- files ---

  /// A cell keeps its width where blanks follow, so that columns stay below each other.
  static void fit(std::string_view bytes, Change& change) {
    const std::size_t previous = before(bytes, change.span.begin);
    const bool cell = previous != std::string_view::npos && (bytes[previous] == '[' || bytes[previous] == ',');
    if (!cell) return;
    const std::size_t width = change.span.end - change.span.begin;
    const std::size_t wanted = change.text.size();
    const bool comma = change.span.end < bytes.size() && bytes[change.span.end] == ',';
    if (comma) {
      change.text += ',';
      ++change.span.end;
    }
    if (wanted < width) change.text.append(width - wanted, ' ');
    const std::size_t kept = comma ? 1 : 0;  // blanks
    for (std::size_t more = width; more < wanted; ++more) {
      if (bytes.substr(change.span.end, kept + 1) != std::string(kept + 1, ' ')) break;
      ++change.span.end;
    }
  }

  void write(grammar::SourceId source, std::vector<Change>& changes) {
    const grammar::SourceFile& file = sources()[source];
    const std::filesystem::path path = project_.folder / file.path();
    constexpr std::size_t kLargest = std::size_t{64} << 20U;
    std::string bytes, problem;
    if (!compiler::read_file(path, kLargest, bytes, problem)) return refuse(file.path(), problem);
    if (bytes != file.bytes()) return refuse(file.path(), "it changed while the scenarios ran");
    std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return b.span < a.span; });
    std::size_t rewritten = 0;
    for (Change& change : changes) {
      fit(file.bytes(), change);
      if (sources().text(change.span).find('#') != std::string_view::npos) {
        refuse(fmt::format("{}:{}", file.path(), file.place(change.span.begin).line), "a comment would be lost");
        continue;
      }
      bytes.replace(change.span.begin, change.span.end - change.span.begin, change.text);
      ++rewritten;
    }
    if (rewritten == 0) return;
    const std::vector<Unreadable> mistakes = reread(again_, program_, file.path(), bytes);
    if (!mistakes.empty())
      return refuse(file.path(),
                    fmt::format("what came cannot be written as a scenario, so nothing of it was changed ({})",
                                mistakes.front().text));
    if (!compiler::write_file(path, bytes, problem)) {
      updated_.unwritten.push_back(file.path() + ": " + problem);
      return;
    }
    updated_.files.push_back(file.path());
    updated_.expectations += rewritten;
  }

  void refuse(const std::string& where, const std::string& why) { updated_.left.push_back(where + ": " + why); }

  const compiler::Project& project_;
  const RunResult& result_;
  compiler::Project again_;
  Program program_;  // of `again_`
  std::map<Span, Wish> wishes_;
  std::map<grammar::SourceId, std::vector<Change>> changes_;
  Updated updated_;
};

}  // namespace

Updated update_expectations(const compiler::Project& project, const RunResult& result) {
  return Update(project, result).run();
}

}  // namespace bylaw::runner
