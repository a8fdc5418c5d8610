#include <bylaw/compiler/yaml_events.h>
#include <bylaw/grammar/diagnostics/scenarios.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>
#include <unordered_map>

#include "data/text_checks.h"
#include "data/yaml_problems.h"
#include "data/yaml_scan.h"

namespace bylaw::compiler {

namespace {

using grammar::Code;
namespace codes = grammar::codes;
using grammar::Span;

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxAliasNodes = 10'000;
constexpr std::size_t kMaxNodes = 2'000'000;  // bounds the memory that a file of brackets can ask for

/// Thrown out of yaml-cpp, which has no other way to stop, and caught in `read_yaml`.
struct Stop {};

/// A finished subtree that an alias may bring again.
struct Anchored {
  YamlNode node;
  std::size_t count = 0;   // nodes of the subtree
  std::size_t height = 0;  // levels of the subtree
};

/// A collection that is being read.
struct Frame {
  YamlNode node;
  YAML::anchor_t anchor = 0;
  std::size_t begin_count = 0;
  std::size_t height = 1;
  std::size_t last_end = 0;  // where the last key or child ends
  bool awaits_value = false;
  YamlEntry entry;  // whose value comes next
  std::unordered_map<std::string, Span> keys;
};

class Reader : public YAML::EventHandler {
 public:
  Reader(const grammar::Sources& sources, grammar::SourceId source, grammar::Diagnostics& diagnostics)
      : file_(sources[source]), bytes_(file_.bytes()), source_(source), diagnostics_(diagnostics) {
    bom_ = byte_order_mark(bytes_);
  }

  YamlNode take() { return std::move(root_); }
  std::size_t offset(const YAML::Mark& mark) const {
    return std::min(bytes_.size(), bom_ + static_cast<std::size_t>(std::max(mark.pos, 0)));
  }
  /// Where the last node that was read ends: a tab between there and a syntax error is its likely cause.
  std::size_t last_place() const { return last_place_; }
  /// Where the innermost bracket stands that is still open, or the end of the file.
  std::size_t open_bracket() const {
    return !frames_.empty() && frames_.back().node.flow ? frames_.back().node.span.begin : bytes_.size();
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    const std::size_t at = offset(mark);
    diagnostics_.report(codes::SecondDocument, span(at, std::min(at + 3, bytes_.size())))
        .help("one file is one document: put the rest into a file of its own");
    throw Stop{};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t at = yaml::skip_anchor(bytes_, offset(mark));
    YamlNode node;
    node.style = yaml::null_style(bytes_, at, awaits_key());
    const std::size_t length = node.style == YamlStyle::Tilde ? 1 : 4;
    node.span = node.style == YamlStyle::Empty ? place_of_nothing() : span(at, at + length);
    scalar(std::move(node), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    const std::size_t at = yaml::skip_anchor(bytes_, offset(mark));
    YamlNode node;
    node.style = tag == "!" ? yaml::scalar_style(bytes_, at) : YamlStyle::Plain;
    node.text = value;
    node.span = span(at, yaml::scalar_end(bytes_, at, value));
    if (node.style == YamlStyle::Quoted && !yaml::quote_closes(bytes_, at)) {
      diagnostics_.report(codes::YamlSyntax, span(at, at + 1),
                          {{"problem", "the quote that opens here is never closed"}});
    }
    if (node.style == YamlStyle::Plain && has_open_quote(value)) {
      diagnostics_.report(codes::QuoteNotClosed, node.span, {{"text", value}})
          .help("YAML ends an item at `,` `]` `}`, a text at `: ` and ` #`:  'User::\"a, b\"'");
    }
    scalar(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t at = offset(mark);
    const Span place = span(at, yaml::word_end(bytes_, at));
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      diagnostics_.report(codes::YamlSyntax, place, {{"problem", "this alias stands inside of what it repeats"}});
      throw Stop{};
    }
    alias_nodes_ += found->second.count;
    count_ += found->second.count;
    if (alias_nodes_ > kMaxAliasNodes) too_large(place, "aliases repeat more than 10,000 nodes");
    if (frames_.size() + found->second.height > kMaxDepth) too_large(place, "this nests deeper than 64");
    YamlNode node = found->second.node;
    mark_alias(node, place);
    deliver(std::move(node), place.end, found->second.height);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(YamlKind::Sequence, '[', mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { close(']'); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(YamlKind::Map, '{', mark, tag, anchor, style);
  }
  void OnMapEnd() override { close('}'); }

 private:
  Span span(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  bool awaits_key() const { return !frames_.empty() && frames_.back().node.is_map() && !frames_.back().awaits_value; }

  [[noreturn]] void too_large(Span place, std::string what) {
    diagnostics_.report(codes::YamlTooLarge, place, {{"what", std::move(what)}})
        .help("write the values themselves, or split the file");
    throw Stop{};
  }

  /// After the colon or dash that has nothing behind it.
  Span place_of_nothing() const {
    if (frames_.empty()) return span(bytes_.size(), bytes_.size());
    const Frame& frame = frames_.back();
    std::size_t at = yaml::skip_space(bytes_, frame.last_end);
    while (at < bytes_.size() && bytes_[at] == ',') at = yaml::skip_space(bytes_, at + 1);
    const char before = frame.node.is_map() ? ':' : '-';
    if (at < bytes_.size() && bytes_[at] == before) return span(at + 1, at + 1);
    return span(frame.last_end, frame.last_end);
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    const std::size_t at = yaml::skip_anchor(bytes_, offset(mark));
    const bool written = at < bytes_.size() && bytes_[at] == '!';
    if (!written && (tag == "?" || tag == "!" || tag.empty())) return;
    diagnostics_
        .report(codes::TagNotRead, span(at, yaml::word_end(bytes_, at)),
                {{"tag", std::string(bytes_.substr(at, yaml::word_end(bytes_, at) - at))}})
        .help("take it away: the declared type of its place reads the value; a text that begins with `!` wants quotes");
  }

  void refuse_tab(std::size_t at) {
    if (!frames_.empty() && frames_.back().node.flow) return;
    const std::size_t tab = yaml::indenting_tab(bytes_, at);
    if (tab == std::string_view::npos || tab == last_tab_) return;
    last_tab_ = tab;
    diagnostics_.report(codes::TabIndents, span(tab, tab + 1)).help("indent with blanks");
  }

  void open(YamlKind kind, char bracket, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style) {
    refuse_tag(mark, tag);
    const std::size_t at = yaml::skip_anchor(bytes_, offset(mark));
    if (frames_.size() >= kMaxDepth) too_large(span(at, at + 1), "this nests deeper than 64");
    if (awaits_key()) {
      diagnostics_.report(
          codes::YamlSyntax, span(at, at + 1),
          {{"problem", yaml::bracket_closes(bytes_, at) ? "a list or map cannot be a key"
                                                        : "this `" + std::string(1, bracket) + "` is not closed"}});
      throw Stop{};
    }
    refuse_tab(at);
    Frame frame;
    frame.node.kind = kind;
    frame.node.flow = style == YAML::EmitterStyle::Flow && at < bytes_.size() && bytes_[at] == bracket;
    frame.node.span = span(at, at);
    frame.anchor = anchor;
    frame.begin_count = count_;
    frame.last_end = frame.node.flow ? at + 1 : at;
    count_node(frame.node.span);
    frames_.push_back(std::move(frame));
  }

  void close(char bracket) {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    std::size_t end = frame.last_end;
    if (frame.node.flow) end = yaml::flow_end(bytes_, end, bracket);
    frame.node.span.end = static_cast<std::uint32_t>(end);
    remember(frame.anchor, frame.node, count_ - frame.begin_count, frame.height);
    deliver(std::move(frame.node), end, frame.height);
  }

  void scalar(YamlNode node, YAML::anchor_t anchor) {
    count_node(node.span);
    if (node.style != YamlStyle::Empty) refuse_tab(node.span.begin);
    remember(anchor, node, 1, 1);
    const std::size_t end = node.span.end;
    deliver(std::move(node), end, 1);
  }

  void count_node(Span place) {
    if (++count_ > kMaxNodes) too_large(place, "this file has more than 2,000,000 nodes");
  }

  void remember(YAML::anchor_t anchor, const YamlNode& node, std::size_t count, std::size_t height) {
    if (anchor == 0) return;
    anchored_nodes_ += count;
    if (anchored_nodes_ > kMaxNodes) too_large(node.span, "the anchors of this file hold more than 2,000,000 nodes");
    anchors_[anchor] = {node, count, height};
  }

  static void mark_alias(YamlNode& node, Span place) {
    node.alias_span = place;
    for (YamlNode& item : node.items) mark_alias(item, place);
    for (YamlEntry& entry : node.entries) mark_alias(entry.value, place);
  }

  /// A finished node goes to the collection that is open: as a key, a value or an item.
  void deliver(YamlNode node, std::size_t end, std::size_t height) {
    last_place_ = end;
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    frame.height = std::max(frame.height, height + 1);
    if (awaits_key()) {
      take_key(frame, node);
    } else if (frame.node.is_map()) {
      frame.entry.value = std::move(node);
      frame.node.entries.push_back(std::move(frame.entry));
      frame.entry = {};
      frame.awaits_value = false;
    } else {
      frame.node.items.push_back(std::move(node));
    }
    frame.last_end = end;
  }

  void take_key(Frame& frame, YamlNode& node) {
    const Span place = node.place();
    frame.awaits_value = true;
    if (!node.is_scalar() || node.style == YamlStyle::Empty) {
      diagnostics_.report(codes::YamlSyntax, place, {{"problem", "a key is missing before this colon"}});
      throw Stop{};
    }
    frame.entry.key =
        node.has_text() ? node.text : std::string(bytes_.substr(node.span.begin, node.span.end - node.span.begin));
    frame.entry.key_style = node.style;
    frame.entry.key_span = place;
    if (frame.entry.key == "<<" && node.style == YamlStyle::Plain)
      diagnostics_.report(codes::MergeKey, place).help("or name them in `requests`, and start from them by `like`");
    const auto [first, is_new] = frame.keys.emplace(frame.entry.key, place);
    if (!is_new) tell_twice(frame.entry.key, first->second, place);
  }

  void tell_twice(const std::string& key, Span first, Span second) {
    const std::string line = std::to_string(file_.place(first.begin).line);
    diagnostics_.report(codes::KeyTwice, second, {{"key", key}, {"line", line}})
        .note(first, "first here")
        .help("keep one of the two");
  }

  const grammar::SourceFile& file_;
  std::string_view bytes_;
  grammar::SourceId source_;
  grammar::Diagnostics& diagnostics_;
  std::size_t bom_ = 0;
  YamlNode root_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::size_t documents_ = 0, count_ = 0, alias_nodes_ = 0, anchored_nodes_ = 0, last_place_ = 0;
  std::size_t last_tab_ = std::string_view::npos;
};

bool refuse_no_text(std::string_view bytes, grammar::SourceId source, grammar::Diagnostics& diagnostics) {
  const auto bad = find_no_text(bytes);
  if (!bad) return false;
  const auto begin = static_cast<std::uint32_t>(bad->offset);
  diagnostics.report(codes::NoText, {source, begin, begin + static_cast<std::uint32_t>(bad->length)},
                     {{"problem", bad->what}});
  return true;
}

}  // namespace

std::optional<YamlNode> read_yaml(const grammar::Sources& sources, grammar::SourceId source,
                                  grammar::Diagnostics& diagnostics) {
  const std::string_view bytes = sources[source].bytes();
  if (refuse_no_text(bytes, source, diagnostics)) return std::nullopt;
  const std::size_t errors = diagnostics.errors();
  Reader reader(sources, source, diagnostics);
  try {
    std::istringstream stream{std::string(bytes)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(reader)) {
    }
  } catch (const Stop&) {
  } catch (const YAML::Exception& problem) {
    if (diagnostics.errors() == errors)
      tell_syntax(bytes, source, {reader.last_place(), reader.offset(problem.mark), reader.open_bracket()}, problem.msg,
                  diagnostics);
  }
  if (diagnostics.errors() != errors) return std::nullopt;
  return reader.take();
}

}  // namespace bylaw::compiler
