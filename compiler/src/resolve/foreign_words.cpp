#include "resolve/foreign_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace bylaw::compiler {

namespace {

struct Row {
  std::string_view words;  // in lower case and without `_`, between blanks
  std::string_view help;
};

constexpr std::string_view kAbsence = "what is absent is asked for: `x is unset`, `x is set`";
constexpr std::string_view kElement = "`x in xs` asks for an element; `contains(text, \"part\")` for a part of a text";
constexpr std::string_view kAny = "`any x in xs: C`, `all x in xs: C`, `no x in xs: C`";
constexpr std::string_view kCount = "`count(xs)` counts, `xs is empty` asks; `length(text)` is the length of a text";
constexpr std::string_view kNow = "the time is a field of the decision: `now: Time`, which the service gives";
constexpr std::string_view kPattern = "`text matches glob\"a*\"`, `text matches re\"^a\"`";
constexpr std::string_view kParts =
    "parts of a text: `before(text, \"/\")`, `after(text, \"/\")`, and `before_last`, `after_last`; each absent "
    "without it";
constexpr std::string_view kWeekday = "`weekday(t)`, `hour(t)`, `day(t)`, `month(t)`, `year(t)`";

constexpr std::array kValues = {
    Row{" null nil none undefined nothing ", kAbsence},
    Row{" today datetime currenttime ", kNow},
    Row{" input principal resource context request self object ",
        "it would be a field of the decision: declare it there"},
};

constexpr std::array kFunctions = {
    Row{" has exists isset isnull isdefined defined isnone ", kAbsence},
    Row{" contains includes has haskey indexof containsany containsall ", kElement},
    Row{" startswith hasprefix ", "`starts_with(text, \"begin\")`"},
    Row{" endswith hassuffix ", "`ends_with(text, \"end\")`"},
    Row{" any all some every filter map exists existsone ", kAny},
    Row{" size len length cardinality isempty ", kCount},
    Row{" now today timestamp currenttime ", kNow},
    Row{" time date datetime parsetime parsedate todatetime ",
        "the text of a request is read by a field of type `Time`; a constant one is written `2026-01-31`, and what it "
        "is now is "
        "a field `now: Time`"},
    Row{" keys getkeys mapkeys ", "a map is gone through by its keys: `any k in m: C`, `{k for k in m}`"},
    Row{" values getvalues items entries ", "the values of a map are at its keys: `any k in m: m[k] == v`"},
    Row{" version semver parseversion toversion ",
        "the text of a request is read by a field of type `Version`; a constant one is written `v\"1.2.3\"`"},
    Row{" ip ipaddr parseip cidr parsecidr network ",
        "the text of a request is read by a field of type `Ip` or `Cidr`; a constant is written `ip\"10.0.0.1\"`, "
        "`cidr\"10.0.0.0/8\"`"},
    Row{" first last head tail nth get at elementat ",
        "elements are not read by position: `any x in xs: C`, `min(xs)`, `max(xs)`; of a text `after_last(text, "
        "\"/\")`"},
    Row{" unique distinct toset dedupe ", "`{x for x in xs}` has each value once"},
    Row{" sort sorted orderby ", "order is not asked: `min(xs)`, `max(xs)`, `count([x for x in xs where x < y])`"},
    Row{" union intersect intersection difference except minus ",
        "`xs overlaps ys`, `xs within ys`, `xs + ys`, `[x for x in xs where x not in ys]`"},
    Row{" average avg mean ", "compare the sum: `sum(xs) > 10 * count(xs)`"},
    Row{" abs ", "`max(x, -x)`"},
    Row{" typeof type istype instanceof isstring isnumber isbool isint isarray islist isobject ",
        "`x is Int` asks which type of a union `Int | String` a value has"},
    Row{" string tostring str ", "a value is put into a text in braces: `\"{x}\"`"},
    Row{" match regex matches like glob test regexmatch ", kPattern},
    Row{" tolower lowercase lowerascii upper toupper uppercase ",
        "`lower(text)`, of ASCII; `fold(text)` of all letters"},
    Row{" getdayofweek dayofweek gethours gethour getmonth getfullyear getdate getdayofmonth ", kWeekday},
    Row{" concat format sprintf printf ", "values are put into a text in braces: `\"/home/{user}/\"`"},
    Row{" join replace reverse ",
        "texts are read where they stand, never changed: `lower`, `before`, `after`, `\"{a}/{b}\"`"},
    Row{" split substring substr slice trim trimprefix trimsuffix trimleft trimright removeprefix removesuffix ",
        kParts},
    Row{" int tonumber number parseint atoi toint ",
        "`integer(text)` is the Int that a text writes, an `Int?`; `quantity(text)` reads `500m` and `1.5Gi`"},
    Row{" float todecimal tofloat ",
        "`quantity(text)` is the number that a text writes, a `Decimal?`; `decimal(i)` an Int as Decimal"},
    Row{" isinrange iscidr cidrcontains ", "an Ip is `in` a Cidr: `address in cidr\"10.0.0.0/8\"`"},
    Row{" duration days hours parseduration ",
        "a duration is written with its unit: `30d`, `1d12h`; so many days are `1d * n`; the text of a request is read "
        "by a "
        "field of type `Duration`"},
};

constexpr std::array kTypes = {
    Row{" boolean bool ", "Bool"},
    Row{" int integer long number uint int64 ", "Int"},
    Row{" float double decimal ", "Decimal"},
    Row{" string str text ", "String"},
    Row{" date datetime timestamp instant time ", "Time"},
    Row{" duration interval timedelta timespan ", "Duration"},
    Row{" array list sequence ", "List"},
    Row{" set ", "Set"},
    Row{" map object dict ", "Map"},
    Row{" ipaddress ipaddr ip ", "Ip"},
    Row{" network subnet ipnetwork cidr ", "Cidr"},
};

template <std::size_t N>
std::string_view find(const std::array<Row, N>& rows, std::string_view word) {
  std::string key = " ";
  for (const char c : word)
    if (c != '_') key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  key += ' ';
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const Row& each) { return each.words.find(key) != std::string_view::npos; });
  return row == rows.end() ? std::string_view{} : row->help;
}

}  // namespace

std::string_view foreign_value(std::string_view word) {
  return find(kValues, word);
}

std::string_view foreign_function(std::string_view word) {
  return find(kFunctions, word);
}

std::string_view foreign_type(std::string_view word) {
  return find(kTypes, word);
}

}  // namespace bylaw::compiler
