#pragma once
// The shapes of tokens, as PEGTL rules over bytes. What a shape becomes is said in lexer.cpp.

#include <tao/pegtl.hpp>

namespace bylaw::grammar::lexical {

namespace p = tao::pegtl;

struct letter : p::ranges<'a', 'z', 'A', 'Z', '_'> {};
struct word_character : p::ranges<'a', 'z', 'A', 'Z', '0', '9', '_'> {};
struct word_end : p::not_at<word_character> {};
struct digits : p::plus<p::digit> {};
struct line_rest : p::star<p::not_one<'\n'>> {};

// blanks and comments
struct blank : p::plus<p::one<' ', '\t', '\r', '\n'>> {};
struct documentation : p::seq<p::string<'/', '/', '/'>, p::not_at<p::one<'/'>>, p::star<p::not_one<'\n', '\r'>>> {};
struct comment : p::seq<p::string<'/', '/'>, line_rest> {};
struct hash_comment : p::seq<p::one<'#'>, line_rest> {};
struct block_comment : p::seq<p::string<'/', '*'>, p::until<p::sor<p::string<'*', '/'>, p::eof>>> {};

// words
struct word : p::seq<letter, p::star<word_character>> {};
struct prefix : p::sor<p::string<'g', 'l', 'o', 'b'>, p::string<'r', 'e'>, p::string<'i', 'p'>,
                       p::string<'c', 'i', 'd', 'r'>, p::string<'v', 'e', 'r', 's', 'i', 'o', 'n', 's'>, p::one<'v'>> {
};
struct prefixed : p::seq<prefix, p::one<'"'>, p::star<p::not_one<'"', '\n'>>, p::opt<p::one<'"'>>> {};

// numbers, durations, dates
struct integer : p::sor<p::seq<p::one<'0'>, p::not_at<p::ranges<'0', '9', '_'>>>,
                        p::seq<p::range<'1', '9'>, p::star<p::ranges<'0', '9', '_'>>>> {};
struct whole_number : p::seq<integer, word_end> {};
struct decimal : p::seq<integer, p::one<'.'>, digits, word_end> {};
struct unit : p::sor<p::string<'m', 's'>, p::string<'u', 's'>, p::one<'w', 'd', 'h', 'm', 's'>> {};
struct duration : p::seq<p::plus<p::seq<digits, unit>>, word_end> {};
struct date_shape : p::seq<p::rep<4, p::digit>, p::one<'-'>, p::rep<2, p::digit>, p::one<'-'>, p::rep<2, p::digit>> {};
struct two_and_two : p::seq<p::rep<2, p::digit>, p::one<':'>, p::rep<2, p::digit>> {};
struct time_shape : p::seq<p::one<'T'>, two_and_two, p::one<':'>, p::rep<2, p::digit>, p::opt<p::one<'.'>, digits>,
                           p::sor<p::one<'Z'>, p::seq<p::one<'+', '-'>, two_and_two>>> {};
struct date : p::seq<date_shape, word_end> {};
struct date_time : p::seq<date_shape, time_shape, word_end> {};
struct bad_date : p::seq<date_shape, p::star<p::sor<word_character, p::one<':'>>>> {};
struct bad_number : p::seq<p::digit, p::star<word_character>> {};

// texts: the quote begins one, the other rules read on from there
struct quote : p::one<'"'> {};
struct escape : p::sor<p::seq<p::one<'\\'>, p::one<'n', 't', '"', '\\', '{'>>,
                       p::seq<p::string<'\\', 'u', '{'>, p::rep_min_max<1, 6, p::xdigit>, p::one<'}'>>> {};
struct bad_braces : p::seq<p::string<'u', '{'>, p::star<p::not_one<'}', '"', '\n', '\r'>>, p::opt<p::one<'}'>>> {};
struct bad_escape : p::seq<p::one<'\\'>, p::opt<p::sor<bad_braces, p::not_one<'\n', '\r', '"'>>>> {};
struct text_run : p::plus<p::sor<escape, bad_escape, p::not_one<'"', '\\', '{', '\n', '\r'>>> {};
struct single_quoted : p::seq<p::one<'\''>, p::star<p::not_one<'\'', '\n', '\r'>>, p::one<'\''>> {};

// signs, longest first; `foreign_sign` are those of other languages
struct sign : p::sor<p::string<':', ':'>, p::string<'.', '.'>, p::string<'?', '?'>, p::string<'=', '='>,
                     p::string<'!', '='>, p::string<'<', '='>, p::string<'>', '='>,
                     p::one<'{', '}', '(', ')', '[', ']', ',', '.', ':', '?', '=', '<', '>', '+', '-', '*', '|', '@'>> {
};
struct foreign_sign
    : p::sor<p::string<'=', '=', '='>, p::string<'!', '=', '='>, p::string<'&', '&'>, p::string<'|', '|'>,
             p::string<'<', '>'>, p::string<'=', '<'>, p::string<'=', '>'>, p::string<'-', '>'>, p::string<':', '='>,
             p::seq<p::one<'!'>, p::not_at<p::one<'='>>>, p::one<'&', ';', '/', '%'>> {};

struct ascii_character : p::range<'\0', '\x7f'> {};
struct other_characters : p::plus<p::not_range<'\0', '\x7f'>> {};

struct token : p::sor<blank, documentation, comment, block_comment, hash_comment, prefixed, word, date_time, date,
                      bad_date, duration, decimal, whole_number, bad_number, quote, single_quoted, foreign_sign, sign,
                      ascii_character, other_characters> {};

}  // namespace bylaw::grammar::lexical
