#include <bylaw/compiler/yaml_events.h>
#include <doctest/doctest.h>

#include <iterator>
#include <random>
#include <string>

using namespace bylaw;
using compiler::YamlKind;
using compiler::YamlNode;
using compiler::YamlStyle;

namespace {

struct Document {
  grammar::Sources sources;
  grammar::Diagnostics diagnostics;
  std::optional<YamlNode> root;

  explicit Document(std::string text) {
    const auto source = sources.add("x.yaml", std::move(text));
    root = compiler::read_yaml(sources, source, diagnostics);
  }
  /// "S0102 2:1 `a` is given twice (first on line 1)" a line.
  std::string told() const {
    std::string lines;
    for (const auto& diagnostic : diagnostics.all()) {
      const auto place = sources[diagnostic.span.source].place(diagnostic.span.begin);
      lines += std::string(grammar::info(diagnostic.code).id) + " " + std::to_string(place.line) + ":" +
               std::to_string(place.column) + " " + diagnostic.text + "\n";
    }
    return lines;
  }
};

const char* letter(YamlStyle style) {
  switch (style) {
    case YamlStyle::Plain: return "";
    case YamlStyle::Quoted: return "q";
    case YamlStyle::Block: return "b";
    case YamlStyle::Tilde: return "tilde";
    case YamlStyle::Null: return "null";
    case YamlStyle::Empty: return "empty";
  }
  return "?";
}

/// The tree with the source text of each node: `{key<key> = q<"text">}`.
std::string show(const grammar::Sources& sources, const YamlNode& node) {
  std::string text;
  const std::string source(sources.text(node.span));
  if (node.is_scalar()) return std::string(letter(node.style)) + "<" + source + ">";
  for (const YamlNode& item : node.items) text += (text.empty() ? "" : ", ") + show(sources, item);
  for (const auto& entry : node.entries)
    text += (text.empty() ? "" : ", ") + std::string(sources.text(entry.key_span)) + "=" + show(sources, entry.value);
  return node.is_map() ? "{" + text + "}" : "[" + text + "]";
}

struct Case {
  const char* text;
  const char* expected;
};

}  // namespace

TEST_CASE("yaml: nodes know their source text") {
  const Case cases[] = {
      {"a: 1\nb: \"x y\" # c\n", "{a=<1>, b=q<\"x y\">}"},
      {"\xef\xbb\xbf\xc3\xa4: \xc3\xbc b\n", "{\xc3\xa4=<\xc3\xbc b>}"},
      {"a:\n  - b\n  -\n  - ~\n  - null\nc:\n", "{a=[<b>, empty<>, tilde<~>, null<null>], c=empty<>}"},
      {"a:\nnull: x\n", "{a=empty<>, null=<x>}"},
      {"a:\n  b:\n~: x\n", "{a={b=empty<>}, ~=<x>}"},
      {"a: 'it''s'\r\nb: [1, {c: 2}, d: 3]\r\n", "{a=q<'it''s'>, b=[<1>, {c=<2>}, {d=<3>}]}"},
      {"a: |\n  text\n  more\nb: 1\n", "{a=b<|>, b=<1>}"},
      {"User::\"ana@x.com\": {}\n", "{User::\"ana@x.com\"={}}"},
      {"a: one\n  two\nb: 1\n", "{a=<one\n  two>, b=<1>}"},
      {"- {x: , y: 1}\n", "[{x=empty<>, y=<1>}]"},
      {"", "empty<>"},
      {"# nothing\n", "empty<>"},
      {"---\na: 1\n...\n", "{a=<1>}"},
      {"{\n\t\"a\": [\n\t\t1\n\t]\n}\n", "{\"a\"=[<1>]}"},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.text));
    const Document document(c.text);
    CHECK(document.told() == "");
    REQUIRE(document.root);
    CHECK(show(document.sources, *document.root) == c.expected);
  }
}

TEST_CASE("yaml: collections span their brackets or their last child") {
  const Document document("a: [1, {b: 2} # c\n  , ]\nd:\n  e: 1\n  f: 2\n");
  REQUIRE(document.root);
  CHECK(document.sources.text(document.root->find("a")->span) == "[1, {b: 2} # c\n  , ]");
  CHECK(document.sources.text(document.root->find("a")->items[1].span) == "{b: 2}");
  CHECK(document.sources.text(document.root->find("d")->span) == "e: 1\n  f: 2");
}

TEST_CASE("yaml: an alias brings its nodes and its own place") {
  const Document document("a: &x {k: 1}\nb: *x\n");
  REQUIRE(document.root);
  const YamlNode& node = *document.root->find("b");
  CHECK(show(document.sources, node) == "{k=<1>}");
  CHECK(document.sources.text(node.alias_span) == "*x");
  CHECK(document.sources.text(node.find("k")->place()) == "*x");
  CHECK(document.sources.text(document.root->find("a")->place()) == "{k: 1}");
}

TEST_CASE("yaml: what is refused") {
  const Case cases[] = {
      {"a: 1\nb: 2\na: 3\n", "S0102 3:1 `a` is given twice (first on line 1)\n"},
      {"{a: 1, \"a\": 2}\n", "S0102 1:8 `a` is given twice (first on line 1)\n"},
      {"a: &x {k: 1}\nb:\n  <<: *x\n", "S0104 3:3 `<<` is not read: put shared parts into `given`\n"},
      {"a: 1\n---\nb: 1\n", "S0105 2:1 a second document starts here\n"},
      {"a:\n\tb: 1\n", "S0107 2:1 a tab indents this line\n"},
      {"a:\n\t- 1\n\t- 2\n", "S0107 2:1 a tab indents this line\n"},
      {"a: !!str 1\nb: !x {}\n",
       "S0108 1:4 tags such as `!!str` are not read\nS0108 2:4 tags such as `!x` are not read\n"},
      {"a: ! 1\n", "S0108 1:4 tags such as `!` are not read\n"},
      {"a: [User::\"a, b\"]\n", "S0110 1:5 the quote in `User::\"a` does not close: in YAML, quote the whole item\n"},
      {"a: User::\"a #b\"\n", "S0110 1:4 the quote in `User::\"a` does not close: in YAML, quote the whole item\n"},
      {"a: b: c\n", "S0112 1:5 a key and its colon cannot stand here\n"},
      {"a: \"b\n", "S0112 1:4 the quote that opens here is never closed\n"},
      {"a: [b\n", "S0112 1:4 this `[` is not closed\n"},
      {"a: \"b", "S0112 1:6 the quote that opens a text is never closed\n"},
      {"a: *y\n", "S0112 1:4 no anchor of this name stands above\n"},
      {"a: &y [*y]\n", "S0112 1:8 this alias stands inside of what it repeats\n"},
      {"a: @b\n", "S0112 1:4 a text cannot begin with this character\n"},
      {": b\n", "S0112 1:2 a key is missing before this colon\n"},
      {"? [a]\n: b\n", "S0112 1:3 a list or map cannot be a key\n"},
      {"a: \xff\n", "S0113 1:4 this byte is not UTF-8\n"},
      {"a: \xed\xa0\x80\n", "S0113 1:4 this byte is not UTF-8\n"},
      {"a: \x04\n", "S0113 1:4 the control character U+0004 is no text\n"},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.text));
    const Document document(c.text);
    CHECK(document.told() == std::string(c.expected));
    CHECK(!document.root);
  }
}

TEST_CASE("yaml: limits") {
  std::string billion = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string name = "*a" + std::to_string(i - 1);
    billion += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int n = 0; n < 10; ++n) billion += (n ? ", " : "") + name;
    billion += "]\n";
  }
  CHECK(Document(billion).told().find("S0106") == 0);
  CHECK(Document(std::string(65, '[') + std::string(65, ']')).told() == "S0106 1:65 this nests deeper than 64\n");
  CHECK(Document(std::string(64, '[') + std::string(64, ']')).told() == "");
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "k" + std::to_string(i) + ": v\n";
  CHECK(Document(many).told() == "");
}

TEST_CASE("yaml: unknown keys and keys of later versions") {
  Document document("expct: allow\nlike: x\nnothing_like_it: 1\nexpect: deny\n");
  REQUIRE(document.root);
  CHECK(!compiler::check_keys(*document.root, {"expect", "by", "when"}, {"like"}, document.diagnostics));
  CHECK(document.told() ==
        "S0101 1:1 unknown key `expct`; did you mean `expect`?\n"
        "S0114 2:1 `like` is not read yet: it belongs to a later version\n"
        "S0101 3:1 unknown key `nothing_like_it`; the keys here are `expect`, `by` and `when`\n");
}

namespace {

bool spans_lie_within(const YamlNode& node, std::size_t size) {
  bool fine = node.span.begin <= node.span.end && node.span.end <= size;
  for (const YamlNode& item : node.items) fine = fine && spans_lie_within(item, size);
  for (const auto& entry : node.entries)
    fine = fine && entry.key_span.end <= size && spans_lie_within(entry.value, size);
  return fine;
}

}  // namespace

TEST_CASE("yaml: any text is read or told of, with places inside of it") {
  const char* pieces[] = {"a",    "b: ",  "- ",  "\n",  "  ",       "[",       "]",    "{",        "}",         ", ",
                          "\"",   "'",    "|\n", "> ",  "#x\n",     "~",       "null", "&x ",      "*x",        "!",
                          "<<: ", "\t",   "? ",  ":",   "---\n",    "...\n",   "\\",   "%",        "k: v\n",    "'' ",
                          "&y",   "\xff", "@",   "*y ", "\xc3\xbc", "\"q\": ", "\r\n", "- k: v\n", "User::\"a", "!!s "};
  std::mt19937 random(7);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto length = random() % 25; length > 0; --length) text += pieces[random() % std::size(pieces)];
    CAPTURE(text);
    const Document document(text);
    CHECK(document.root.has_value() != document.diagnostics.has_errors());
    if (document.root) CHECK(spans_lie_within(*document.root, text.size()));
    for (const auto& diagnostic : document.diagnostics.all())
      CHECK((diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= text.size()));
  }
}
