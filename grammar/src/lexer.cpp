#include "lexer.h"

#include <bylaw/grammar/diagnostics/syntax.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "display_text.h"
#include "lexer_rules.h"
#include "tokens.h"

namespace bylaw::grammar {
namespace {

namespace p = tao::pegtl;
using Input = p::memory_input<p::tracking_mode::lazy, p::eol::lf, const char*>;

class Lexer {
 public:
  Lexer(std::string_view bytes, SyntaxErrors& errors) : bytes_(bytes), errors_(errors) {}

  std::vector<Token> run();

  template <typename ActionInput>
  std::string_view text_of(const ActionInput& in) const {
    return {in.begin(), in.size()};
  }

  void add(TokenKind kind, std::string_view text) { tokens_.push_back({kind, begin(text), end(text)}); }
  DiagnosticBuilder report(Code code, std::string_view text, std::initializer_list<Argument> arguments) {
    return errors_.report(code, span(text), arguments);
  }
  DiagnosticBuilder report(Code code, std::string_view text) { return report(code, text, {{"text", quoted(text)}}); }

  Span span(std::string_view text) const { return errors_.span(begin(text), end(text)); }

  void blank(std::string_view text);
  void documentation(std::string_view text);
  void word(std::string_view text);
  void prefixed(std::string_view text);
  void sign(std::string_view text);
  void foreign_sign(std::string_view text);
  void decimal(std::string_view text);
  void duration(std::string_view text);
  void date(std::string_view text);
  void date_time(std::string_view text);
  void bad_number(std::string_view text);
  void hash_comment(std::string_view text);
  void block_comment(std::string_view text);
  void quote(std::string_view text);
  void single_quoted(std::string_view text);
  void ascii_character(std::string_view text);
  void other_characters(std::string_view text);

 private:
  std::uint32_t begin(std::string_view text) const { return static_cast<std::uint32_t>(text.data() - bytes_.data()); }
  std::uint32_t end(std::string_view text) const { return begin(text) + static_cast<std::uint32_t>(text.size()); }
  std::string_view between(std::uint32_t from, std::uint32_t to) const { return bytes_.substr(from, to - from); }
  std::uint32_t place() const { return static_cast<std::uint32_t>(in_->current() - bytes_.data()); }

  bool check_encoding();
  void unknown_prefix(std::string_view text);
  void check_calendar(std::string_view text);
  void check_clock(std::string_view text);
  void read_text(std::uint32_t first, bool is_piece);
  bool ends_on_this_line() const;
  void begin_interpolation(std::uint32_t first, std::uint32_t piece, bool is_piece);
  void unclosed_text(std::uint32_t first, std::uint32_t piece, bool is_piece);
  void close_interpolations();

  std::string_view bytes_;
  SyntaxErrors& errors_;
  Input* in_ = nullptr;
  std::vector<Token> tokens_;
  struct Interpolation {
    std::uint32_t quote;  // where its text begins
    std::uint32_t brace;  // where it begins itself
    std::size_t braces;   // that are open inside of it
  };
  std::vector<Interpolation> interpolations_;
};

// What each shape becomes: a kind of token, or a function of the lexer.
template <typename Rule>
struct Action : p::nothing<Rule> {};

template <TokenKind kKind>
struct Becomes {
  template <typename In>
  static void apply(const In& in, Lexer& lexer) {
    lexer.add(kKind, lexer.text_of(in));
  }
};
template <void (Lexer::*kFunction)(std::string_view)>
struct Calls {
  template <typename In>
  static void apply(const In& in, Lexer& lexer) {
    (lexer.*kFunction)(lexer.text_of(in));
  }
};
template <Code kCode>
struct Tells {
  template <typename In>
  static void apply(const In& in, Lexer& lexer) {
    lexer.report(kCode, lexer.text_of(in));
  }
};

template <>
struct Action<lexical::documentation> : Calls<&Lexer::documentation> {};
template <>
struct Action<lexical::whole_number> : Becomes<TokenKind::Int> {};
template <>
struct Action<lexical::blank> : Calls<&Lexer::blank> {};
template <>
struct Action<lexical::word> : Calls<&Lexer::word> {};
template <>
struct Action<lexical::prefixed> : Calls<&Lexer::prefixed> {};
template <>
struct Action<lexical::sign> : Calls<&Lexer::sign> {};
template <>
struct Action<lexical::foreign_sign> : Calls<&Lexer::foreign_sign> {};
template <>
struct Action<lexical::decimal> : Calls<&Lexer::decimal> {};
template <>
struct Action<lexical::duration> : Calls<&Lexer::duration> {};
template <>
struct Action<lexical::date> : Calls<&Lexer::date> {};
template <>
struct Action<lexical::date_time> : Calls<&Lexer::date_time> {};
template <>
struct Action<lexical::bad_date> : Calls<&Lexer::bad_number> {};
template <>
struct Action<lexical::bad_number> : Calls<&Lexer::bad_number> {};
template <>
struct Action<lexical::hash_comment> : Calls<&Lexer::hash_comment> {};
template <>
struct Action<lexical::block_comment> : Calls<&Lexer::block_comment> {};
template <>
struct Action<lexical::quote> : Calls<&Lexer::quote> {};
template <>
struct Action<lexical::single_quoted> : Calls<&Lexer::single_quoted> {};
template <>
struct Action<lexical::ascii_character> : Calls<&Lexer::ascii_character> {};
template <>
struct Action<lexical::other_characters> : Calls<&Lexer::other_characters> {};
template <>
struct Action<lexical::bad_escape> : Tells<codes::BadEscape> {};

struct Sign {
  std::string_view text;
  TokenKind kind;
};
constexpr Sign kSigns[] = {{"{", TokenKind::LeftBrace},
                           {"}", TokenKind::RightBrace},
                           {"(", TokenKind::LeftParen},
                           {")", TokenKind::RightParen},
                           {"[", TokenKind::LeftBracket},
                           {"]", TokenKind::RightBracket},
                           {",", TokenKind::Comma},
                           {".", TokenKind::Dot},
                           {"..", TokenKind::DotDot},
                           {":", TokenKind::Colon},
                           {"::", TokenKind::ColonColon},
                           {"?", TokenKind::Question},
                           {"?"
                            "?",
                            TokenKind::QuestionQuestion},
                           {"=", TokenKind::Assign},
                           {"==", TokenKind::EqualEqual},
                           {"!=", TokenKind::NotEqual},
                           {"<", TokenKind::Less},
                           {"<=", TokenKind::LessEqual},
                           {">", TokenKind::Greater},
                           {">=", TokenKind::GreaterEqual},
                           {"+", TokenKind::Plus},
                           {"-", TokenKind::Minus},
                           {"*", TokenKind::Star},
                           {"|", TokenKind::Bar},
                           {"@", TokenKind::At}};

/// Signs of other languages: what they are taken for, and what to write. `Bad` is taken for nothing.
struct ForeignSign {
  std::string_view text;
  TokenKind meant;
  std::string_view written;  // the replacement; empty: none stands in its place
  std::string_view help;
};
constexpr ForeignSign kForeignSigns[] = {
    {"&&", TokenKind::And, "and", ""},
    {"||", TokenKind::Or, "or", ""},
    {"!", TokenKind::Not, "not ", ""},
    {"&", TokenKind::And, "and", ""},
    {"===", TokenKind::EqualEqual, "==", ""},
    {"!==", TokenKind::NotEqual, "!=", ""},
    {"<>", TokenKind::NotEqual, "!=", ""},
    {"=<", TokenKind::LessEqual, "<=", ""},
    {"=>", TokenKind::GreaterEqual, ">=", ""},
    {":=", TokenKind::Assign, "=", ""},
    {"->", TokenKind::Colon, ":", ""},
    {"/", TokenKind::Bad, "",
     "`div(a, n)` divides an Int by a constant; a Decimal is multiplied: `x * 0.5` for a half"},
    {"%", TokenKind::Bad, "", "`mod(a, n)` is the rest of a division, by a constant"},
};

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

/// Larger units have the larger rank: w d h m s ms us.
int unit_rank(std::string_view unit) {
  constexpr std::string_view kUnits[] = {"us", "ms", "s", "m", "h", "d", "w"};
  return static_cast<int>(std::find(std::begin(kUnits), std::end(kUnits), unit) - std::begin(kUnits));
}

bool units_fall(std::string_view text) {
  int last = 100;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t unit = text.find_first_not_of("0123456789", at);
    at = std::min(text.find_first_of("0123456789", unit), text.size());
    const int rank = unit_rank(text.substr(unit, at - unit));
    if (rank >= last) return false;
    last = rank;
  }
  return true;
}

std::vector<Token> Lexer::run() {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const std::string_view rest = bytes_.substr(bytes_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
  const bool is_text = check_encoding();
  Input in(rest.data(), rest.data() + rest.size(), "");
  in_ = &in;
  while (is_text && !in.empty() && !errors_.full()) {
    if (!p::parse<lexical::token, Action>(in, *this)) break;  // cannot be: every byte begins a token
  }
  close_interpolations();
  add(TokenKind::EndOfFile, bytes_.substr(bytes_.size()));
  return std::move(tokens_);
}

/// What is wrong wherever it stands, in texts and comments too. False if this is no text at all.
bool Lexer::check_encoding() {
  const std::size_t zero = bytes_.find('\0');
  if (zero != std::string_view::npos) {
    report(codes::ZeroByte, bytes_.substr(zero, 1), {});
    return false;
  }
  bool told_bad_byte = false;
  for (std::size_t at = 0; at < bytes_.size() && !errors_.full();) {
    if (static_cast<unsigned char>(bytes_[at]) < 0x80) {
      ++at;
      continue;
    }
    const DecodedCodePoint c = decode_code_point(bytes_.substr(at));
    const std::string_view text = bytes_.substr(at, c.bytes);
    if (!c.valid && !std::exchange(told_bad_byte, true)) report(codes::NotUtf8, text, {});
    if (c.valid && is_bidi_control(c.value)) {
      report(codes::BidiControl, text, {{"character", fmt::format("U+{:04X}", static_cast<std::uint32_t>(c.value))}});
    }
    at += c.bytes;
  }
  return true;
}

void Lexer::blank(std::string_view text) {
  if (interpolations_.empty() || text.find('\n') == std::string_view::npos) return;
  const Interpolation& outermost = interpolations_.front();
  errors_.report(codes::UnclosedText, errors_.span(outermost.quote, outermost.quote + 1))
      .note(errors_.span(outermost.brace, outermost.brace + 1), "begins an interpolation; a brace is written `\\{`");
  close_interpolations();
}

/// Documentation stands on lines of its own: behind something it would silently document what comes next.
void Lexer::documentation(std::string_view text) {
  const std::uint32_t last_end = tokens_.empty() ? 0 : tokens_.back().end;
  const bool own_line = tokens_.empty() || between(last_end, begin(text)).find('\n') != std::string_view::npos;
  if (own_line) return add(TokenKind::Doc, text);
  const std::string_view slashes = text.substr(0, 3);
  report(codes::DocumentationBehind, slashes, {}).fix("write `//`", span(slashes), "//");
}

/// Ends all texts that are open, so that the parser meets none half done.
void Lexer::close_interpolations() {
  const std::uint32_t at = tokens_.empty() ? 0 : tokens_.back().end;
  for (; !interpolations_.empty(); interpolations_.pop_back()) {
    tokens_.push_back({TokenKind::InterpolationEnd, at, at});
    tokens_.push_back({TokenKind::MessageEnd, at, at});
  }
}

void Lexer::word(std::string_view text) {
  const TokenKind kind = word_kind(text);
  const bool before_text = end(text) < bytes_.size() && bytes_[end(text)] == '"';
  // Inside of an interpolation the quote may be the one that ends the text.
  if (before_text && !is_reserved(kind) && interpolations_.empty()) return unknown_prefix(text);
  add(kind, text);
}

/// `label"x"`: told, and read as one token.
void Lexer::unknown_prefix(std::string_view text) {
  const std::string meant = nearest(text, {"glob", "re", "ip", "cidr", "versions"});
  DiagnosticBuilder builder = report(codes::UnknownPrefix, text);
  if (meant.empty()) {
    builder.fix("put a blank between them", errors_.span(end(text), end(text)), " ");
  } else {
    builder.fix(fmt::format("did you mean `{}`", meant), span(text), meant);
  }
  const std::string_view rest = bytes_.substr(end(text) + 1);
  const std::size_t stop = std::min(rest.find_first_of("\"\n"), rest.size());
  const bool closed = stop < rest.size() && rest[stop] == '"';
  in_->bump(1 + stop + (closed ? 1 : 0));
  add(TokenKind::Prefixed, between(begin(text), place()));
}

void Lexer::prefixed(std::string_view text) {
  if (text.back() != '"' || text.find('"') == text.size() - 1) report(codes::UnclosedText, text, {});
  add(TokenKind::Prefixed, text);
}

void Lexer::sign(std::string_view text) {
  const auto found =
      std::find_if(std::begin(kSigns), std::end(kSigns), [text](const Sign& sign) { return sign.text == text; });
  TokenKind kind = found->kind;
  if (interpolations_.empty()) return add(kind, text);
  std::size_t& braces = interpolations_.back().braces;
  if (kind == TokenKind::LeftBrace) ++braces;
  if (kind != TokenKind::RightBrace || braces-- != 0) return add(kind, text);
  add(TokenKind::InterpolationEnd, text);
  const std::uint32_t quote = interpolations_.back().quote;
  interpolations_.pop_back();
  read_text(quote, true);
}

void Lexer::foreign_sign(std::string_view text) {
  if (text == ";") {
    report(codes::Semicolon, text, {}).fix("remove it", span(text), "");
    return;
  }
  const auto found = std::find_if(std::begin(kForeignSigns), std::end(kForeignSigns),
                                  [text](const ForeignSign& sign) { return sign.text == text; });
  DiagnosticBuilder builder = report(codes::ForeignSign, text);
  if (!found->help.empty()) builder.help(std::string(found->help));
  if (!found->written.empty()) {
    const std::string_view shown = found->written.substr(0, found->written.find(' '));
    builder.fix(fmt::format("write `{}`", shown), span(text), std::string(found->written));
  }
  add(found->meant, text);
}

void Lexer::decimal(std::string_view text) {
  constexpr std::size_t kFinest = 4;
  if (text.size() - text.find('.') - 1 > kFinest) report(codes::DecimalTooFine, text);
  add(TokenKind::Decimal, text);
}

void Lexer::duration(std::string_view text) {
  if (!units_fall(text)) report(codes::DurationUnits, text).help("the units are `w d h m s ms us`, as in `1d12h`");
  add(TokenKind::Duration, text);
}

void Lexer::check_calendar(std::string_view text) {
  const int year = number(text.substr(0, 4));
  const int month = number(text.substr(5, 2));
  const int day = number(text.substr(8, 2));
  if (month < 1 || month > 12) {
    report(codes::NotInCalendar, text).label("there is no such month");
  } else if (year < 1 || day < 1 || day > days_in_month(year, month)) {
    report(codes::NotInCalendar, text)
        .label(fmt::format("{}-{:02} has {} days", text.substr(0, 4), month, days_in_month(year, month)));
  }
}

void Lexer::check_clock(std::string_view text) {
  const std::string_view clock = text.substr(11);
  const std::string_view rest = clock.substr(8);
  const std::size_t zone = rest.find_first_of("Z+-");
  const bool zone_fits =
      rest[zone] == 'Z' || (number(rest.substr(zone + 1, 2)) < 24 && number(rest.substr(zone + 4, 2)) < 60);
  if (number(clock.substr(0, 2)) > 23 || number(clock.substr(3, 2)) > 59 || number(clock.substr(6, 2)) > 59 ||
      !zone_fits) {
    report(codes::NotOnClock, text).label("hours go to 23, minutes and seconds to 59");
  } else if (zone > 7) {
    report(codes::NotOnClock, text).label("an instant has at most six digits after the point");
  }
}

void Lexer::date(std::string_view text) {
  check_calendar(text);
  add(TokenKind::Date, text);
}

void Lexer::date_time(std::string_view text) {
  check_calendar(text.substr(0, 10));
  check_clock(text);
  add(TokenKind::DateTime, text);
}

namespace {
bool is_calendar_unit(std::string_view unit) {
  constexpr std::string_view kUnits[] = {"mo", "mon", "month", "months", "y", "yr", "year", "years"};
  return std::find(std::begin(kUnits), std::end(kUnits), unit) != std::end(kUnits);
}
}  // namespace

void Lexer::bad_number(std::string_view text) {
  add(TokenKind::Bad, text);
  const bool all_digits = text.find_first_not_of("0123456789_") == std::string_view::npos;
  if (all_digits) {
    report(codes::LeadingZero, text);
    return;
  }
  DiagnosticBuilder builder = report(codes::GluedNumber, text);
  if (text.size() > 10 && text[4] == '-') {
    builder.help("a date is written `2026-01-31`, an instant `2026-01-31T09:00:00Z`");
    return;
  }
  const std::size_t letters = std::min(text.find_first_not_of("0123456789_"), text.size());
  const std::string unit = nearest(text.substr(letters), {"weeks", "days", "hours", "minutes", "seconds", "day", "hour",
                                                          "minute", "second", "week"});
  const std::string_view exact = text.substr(letters);
  constexpr std::string_view kLong[] = {"weeks",   "week",   "days",    "day",    "hours", "hour",
                                        "minutes", "minute", "seconds", "second", "min",   "sec"};
  const bool long_unit = std::find(std::begin(kLong), std::end(kLong), exact) != std::end(kLong) || !unit.empty();
  if (long_unit) {
    const std::string mended = fmt::format("{}{}", text.substr(0, letters), exact.front());
    builder.fix(fmt::format("write `{}`", mended), span(text), mended);
  } else if (is_calendar_unit(exact)) {
    builder.help("months and years have no fixed length: `add_months(t, 6)` and `add_years(t, 1)` give the instant");
  } else {
    builder.help("a duration is written `30d` or `1d12h`, with the units `w d h m s ms us`");
  }
}

void Lexer::hash_comment(std::string_view text) {
  report(codes::ForeignComment, text.substr(0, 1)).fix("write `//`", span(text.substr(0, 1)), "//");
}

void Lexer::block_comment(std::string_view text) {
  report(codes::ForeignComment, text.substr(0, 2)).help("each line of a comment begins with `//`");
}

void Lexer::quote(std::string_view text) {
  read_text(begin(text), false);
}

/// Reads on inside a text, to its end or to an interpolation. `is_piece`: an interpolation of it has just ended.
void Lexer::read_text(std::uint32_t first, bool is_piece) {
  const std::uint32_t piece = place();
  const bool message = is_piece || (!tokens_.empty() && tokens_.back().kind == TokenKind::Because);
  bool may_interpolate = true;
  std::vector<Edit> braces;  // that begin nothing
  while (true) {
    while (p::parse<lexical::text_run, Action>(*in_, *this)) {
    }
    if (in_->empty() || *in_->current() != '{') break;
    in_->bump();
    may_interpolate = may_interpolate && (message || ends_on_this_line());
    if (may_interpolate) return begin_interpolation(first, piece, is_piece);
    braces.push_back({span(between(place() - 1, place())), "\\{"});
  }
  if (!braces.empty()) {
    const Span first_brace = braces.front().span;
    errors_.report(codes::BraceInText, first_brace, {}).fix("write `\\{`", std::move(braces));
  }
  if (in_->empty() || *in_->current() != '"') return unclosed_text(first, piece, is_piece);
  in_->bump();
  if (!is_piece) return add(TokenKind::String, between(first, place()));
  if (place() - 1 > piece) add(TokenKind::MessageText, between(piece, place() - 1));
  add(TokenKind::MessageEnd, between(place() - 1, place()));
}

/// A closing brace follows.
bool Lexer::ends_on_this_line() const {
  const std::string_view rest = bytes_.substr(place());
  return rest.substr(0, rest.find('\n')).find('}') != std::string_view::npos;
}

/// Adds what stands before an interpolation, whose brace is the last character read.
void Lexer::begin_interpolation(std::uint32_t first, std::uint32_t piece, bool is_piece) {
  if (!is_piece) add(TokenKind::MessageBegin, between(first, first + 1));
  if (place() - 1 > piece) add(TokenKind::MessageText, between(piece, place() - 1));
  add(TokenKind::InterpolationBegin, between(place() - 1, place()));
  interpolations_.push_back({first, place() - 1, 0});
}

void Lexer::unclosed_text(std::uint32_t first, std::uint32_t piece, bool is_piece) {
  if (interpolations_.empty()) report(codes::UnclosedText, between(first, place()), {});  // else the outermost is told
  if (!is_piece) return add(interpolations_.empty() ? TokenKind::String : TokenKind::Bad, between(first, place()));
  if (place() > piece) add(TokenKind::MessageText, between(piece, place()));
  add(TokenKind::MessageEnd, between(place(), place()));
}

void Lexer::single_quoted(std::string_view text) {
  const std::string_view inside = text.substr(1, text.size() - 2);
  DiagnosticBuilder builder = report(codes::SingleQuotes, text, {});
  if (inside.find_first_of("\"\\{") == std::string_view::npos) {
    builder.fix(fmt::format("write `\"{}\"`", inside), span(text), fmt::format("\"{}\"", inside));
  }
  add(TokenKind::String, text);
}

void Lexer::ascii_character(std::string_view text) {
  add(TokenKind::Bad, text);
  report(codes::ForeignCharacter, text);
}

void Lexer::other_characters(std::string_view text) {
  add(TokenKind::Bad, text);
  const DecodedCodePoint c = decode_code_point(text);
  if (!c.valid || is_bidi_control(c.value)) return;  // told by check_encoding
  DiagnosticBuilder builder = report(codes::ForeignCharacter, text);
  const std::string_view first = text.substr(0, c.bytes);
  if (first == "\u201c" || first == "\u201d" || first == "\u2018" || first == "\u2019") {
    builder.help("a text stands in straight double quotes: `\"like this\"`");
  } else {
    builder.help("names are made of the letters a to z, digits and `_`; other characters stand in texts and comments");
  }
}

}  // namespace

std::vector<Token> tokenize(std::string_view bytes, SyntaxErrors& errors) {
  if (bytes.size() > kLargestFile) {
    errors.report(codes::FileTooLarge, errors.span(0, 0),
                  {{"size", fmt::format("{:.1f}", static_cast<double>(bytes.size()) / (1U << 20U))}});
    return {Token{TokenKind::EndOfFile, 0, 0}};
  }
  return Lexer(bytes, errors).run();
}

}  // namespace bylaw::grammar
