#pragma once
// The grammar, as PEGTL rules over kinds of tokens. Read it from the bottom: `file` is the last rule.
// The law: no alternative may start with a recursive rule that another one starts with, and after its first words a
// rule does not fail: it tells what is missing (`expect`). So reading takes time linear in the number of tokens.

#include "custom_rules.h"

#include <bylaw/grammar/diagnostics/syntax.h>

namespace bylaw::grammar::rules {

using K = TokenKind;
using N = NodeKind;
using M = Missing;

template <typename Rule>
struct comma_list : seq<Rule, star<token<K::Comma>, Rule>, opt<token<K::Comma>>> {};

// --- names ---

struct name : node<N::Name, name_token> {};
struct any_word : node<N::Name, word_token> {};
/// Where something is named, a word of the language is told as what it is.
struct reserved_as_name : function_rule<reserved_as_name> {
  static int take(Parser& parser, TokenIndex at);
};
struct new_name : node<N::Name, sor<name_token, reserved_as_name>> {};

struct path_rest : seq<token<K::Dot>, not_at<sor<token<K::LeftBrace>, token<K::Star>>>, expect<name, M::PathName>> {};
struct path : node<N::Path, name, star<path_rest>> {};
struct path_list_rest : star<token<K::Comma>, expect<path, M::PathName>> {};

struct doc : node<N::Doc, p::plus<token<K::Doc>>> {};
/// A text without interpolation; one that has some is told.
struct plain_text : function_rule<plain_text> {
  static int take(Parser& parser, TokenIndex at);
};
struct wire_text : node<N::Wire, plain_text> {};
struct wire : seq<token<K::As>, expect<wire_text, M::WireText>> {};

// --- types ---

struct type;
struct close_angle : function_rule<close_angle> {
  static int take(Parser& parser, TokenIndex at);
};
/// Elements of collections are never optional.
struct optional_element : seq<at<token<K::Question>>, tell<codes::OptionalInBrackets>, token<K::Question>> {};
struct base_type;
struct element_type : seq<expect_node<base_type, M::Type>, opt<optional_element>> {};
struct limit_number : node<N::IntLiteral, token<K::Int>> {};
struct limit : node<N::Max, word<K::Max>, expect<limit_number, M::Limit>> {};
struct one_type
    : seq<expect<token<K::Less>, M::ElementType>, element_type, expect<close_angle, M::CloseAngle>, opt<limit>> {};
struct two_types : seq<expect<token<K::Less>, M::ElementType>, element_type, expect<token<K::Comma>, M::MapTypes>,
                       element_type, expect<close_angle, M::CloseAngle>, opt<limit>> {};
struct set_type : node<N::SetType, token<K::SetOf>, one_type> {};
struct list_type : node<N::ListType, token<K::ListOf>, one_type> {};
struct map_type : node<N::MapType, token<K::MapOf>, two_types> {};
struct collection_type : sor<set_type, list_type, map_type> {};
struct collection_word : sor<token<K::SetOf>, token<K::ListOf>, token<K::MapOf>> {};
struct joined_name : seq<not_at<seq<token<K::Bar>, collection_word>>, token<K::Bar>, expect<path, M::Type>> {};
struct named_type : node<N::NamedType, path, star<joined_name>> {};
struct single_type : sor<collection_type, named_type> {};
/// `A | B` of names alone is one NamedType.
struct joined_types : star<token<K::Bar>, become<N::UnionType>, expect_node<single_type, M::Type>> {};
struct base_type : deeper<node<kPlainType, single_type, joined_types>> {};
struct type : node<kPlainType, base_type, opt<token<K::Question>, become<N::OptionalType>>> {};
struct typed : seq<expect<token<K::Colon>, M::TypeColon>, expect_node<type, M::Type>> {};

// --- literals ---

struct string_literal : node<N::StringLiteral, token<K::String>> {};
struct plain_literal : node<N::StringLiteral, plain_text> {};
struct literal
    : sor<node<N::IntLiteral, token<K::Int>>, node<N::DecimalLiteral, token<K::Decimal>>,
          node<N::DurationLiteral, token<K::Duration>>, node<N::DateLiteral, token<K::Date>>,
          node<N::DateTimeLiteral, token<K::DateTime>>, string_literal, node<N::PrefixedLiteral, token<K::Prefixed>>,
          node<N::TrueLiteral, token<K::True>>, node<N::FalseLiteral, token<K::False>>> {};

/// Names with dots between them; only ever looked at, to know what they begin.
struct dotted : seq<name_token, star<token<K::Dot>, name_token>> {};
struct dotted_path : node<N::Path, name, star<token<K::Dot>, name>> {};
struct entity_literal : node<N::EntityLiteral, at<dotted, token<K::ColonColon>>, dotted_path, token<K::ColonColon>,
                             expect<plain_literal, M::EntityId>> {};
struct name_expression : node<N::NameExpr, name> {};

// --- expressions ---

struct expression;
struct condition : expect_node<expression, M::Condition> {};

// --- texts with interpolations ---

struct message_text : node<N::MessageText, token<K::MessageText>> {};
struct whole_text : node<N::MessageText, token<K::String>> {};
struct end_of_interpolation : function_rule<end_of_interpolation> {
  static int take(Parser& parser, TokenIndex at);
};
struct interpolation
    : seq<token<K::InterpolationBegin>, expect_node<expression, M::Interpolated>, end_of_interpolation> {};
/// A text that goes wrong inside may have been left without its end.
struct already_told : function_rule<already_told> {
  static int take(const Parser&, TokenIndex) { return 0; }
};
struct interpolated
    : seq<token<K::MessageBegin>, star<sor<message_text, interpolation>>, sor<token<K::MessageEnd>, already_told>> {};
struct composed : node<N::Composed, interpolated> {};
struct message : node<N::Message, sor<whole_text, interpolated>> {};
struct some_expression : expect_node<expression, M::Expression> {};

struct binder : node<N::Binder, name, expect<token<K::In>, M::BinderIn>, some_expression> {};
struct next_binder : seq<at<token<K::Comma>, name_token, token<K::In>>, token<K::Comma>, binder> {};
struct binders : seq<binder, star<next_binder>> {};
struct where : node<N::Where, word<K::Where>, condition> {};

struct field_entry : seq<at<word_token, token<K::Colon>>, any_word, token<K::Colon>, some_expression> {};
struct value_entry : seq<expression, opt<token<K::Colon>, some_expression>> {};
struct entry : node<N::Entry, sor<field_entry, value_entry>> {};
struct brace_comprehension : seq<token<K::For>, become<N::BraceComprehension>, expect<binders, M::Binder>, opt<where>> {
};
struct more_entries : seq<star<token<K::Comma>, entry>, opt<token<K::Comma>>> {};
struct brace : node<N::Brace, bracketed<K::LeftBrace, K::RightBrace, entry, sor<brace_comprehension, more_entries>>> {};
struct bracket_comprehension
    : seq<token<K::For>, become<N::BracketComprehension>, expect<binders, M::Binder>, opt<where>> {};
struct more_elements : seq<star<token<K::Comma>, expression>, opt<token<K::Comma>>> {};
struct bracket
    : node<N::Bracket,
           bracketed<K::LeftBracket, K::RightBracket, expression, sor<bracket_comprehension, more_elements>>> {};

struct arguments : bracketed<K::LeftParen, K::RightParen, comma_list<expression>> {};
struct call : node<N::Call, at<dotted, token<K::LeftParen>>, dotted_path, arguments> {};
struct parenthesized : node<N::Paren, bracketed<K::LeftParen, K::RightParen, some_expression>> {};
struct atom : sor<literal, composed, entity_literal, call, name_expression, node<N::This, token<K::This>>,
                  parenthesized, brace, bracket> {};
/// After a `.` any word may stand; but a rule that begins on the next line is one, and so is `because` before a text.
struct selected_word : function_rule<selected_word> {
  static int take(const Parser& parser, TokenIndex at);
};
struct selected_name : node<N::Name, selected_word> {};
struct select : node<N::Select, token<K::Dot>, expect<selected_name, M::PathName>> {};
struct index : node<N::Index, bracketed<K::LeftBracket, K::RightBracket, some_expression>> {};
/// `x?.f` of other languages.
struct needless_question
    : seq<at<token<K::Question>, token<K::Dot>>, tell<codes::QuestionDot>, token<K::Question>, select> {};
struct primary : node<kFlatPrimary, atom, star<sor<select, index, needless_question>>> {};

struct quantified : seq<expect<binders, M::Binder>, expect<token<K::Colon>, M::QuantifierBody>, condition> {};
struct any_of : node<N::AnyOf, word<K::Any>, quantified> {};
struct all_of : node<N::AllOf, word<K::All>, quantified> {};
struct none_of : node<N::NoneOf, word<K::No>, quantified> {};
struct conditional : node<N::If, word<K::If>, condition, expect<token<K::Then>, M::Then>, some_expression,
                          expect<token<K::Else>, M::Else>, some_expression> {};

struct prefix_operator : function_rule<prefix_operator> {
  static int take(Parser& parser, TokenIndex at);
};
struct infix_operator : function_rule<infix_operator> {
  static int take(Parser& parser, TokenIndex at);
};
struct plain_operand : sor<any_of, all_of, none_of, conditional, primary> {};
struct operand : sor<seq<p::plus<prefix_operator>, expect_node<plain_operand, M::Operand>>, plain_operand> {};

struct is_not : function_rule<is_not> {
  static int take(Parser& parser, TokenIndex at);
};
struct asked_type : sor<collection_type, path> {};
struct is_type : seq<asked_type, star<token<K::Bar>, expect<asked_type, M::Type>>> {};
struct is_what : sor<seq<token<K::Set>, become<N::IsSet>>, seq<token<K::Unset>, become<N::IsUnset>>,
                     seq<token<K::Empty>, become<N::IsEmpty>>, seq<token<K::Unknown>, become<N::IsUnknown>>, is_type> {
};
struct is_suffix : node<N::IsType, word<K::Is>, opt<is_not>, expect<is_what, M::IsWhat>> {};

/// Reads `adn` as `and` and `beacuse` as `because`.
struct mend_after_operand : function_rule<mend_after_operand> {
  static int take(Parser& parser, TokenIndex at);
};
struct operation : seq<infix_operator, expect_node<operand, M::Operand>> {};
struct expression
    : deeper<node<kFlatExpression, operand, mend_after_operand, star<sor<operation, is_suffix>, mend_after_operand>>> {
};

/// Values that stand where an expression could swallow what follows.
struct dotted_name : node<kFlatPrimary, name_expression, star<select>> {};
struct value : node<kFlatExpression, star<prefix_operator>,
                    sor<literal, plain_literal, entity_literal, dotted_name, brace, bracket>> {};
struct some_value : expect_node<value, M::Value> {};
struct time : sor<node<N::DateLiteral, token<K::Date>>, node<N::DateTimeLiteral, token<K::DateTime>>, dotted_name> {};
struct some_time : expect_node<time, M::Time> {};

// --- texts after `because` ---

struct because : seq<word<K::Because>, expect<message, M::Because>> {};

// --- fields ---

struct note : node<N::Note, token<K::At>, expect<name, M::AnnotationName>,
                   opt<bracketed<K::LeftParen, K::RightParen, some_expression>>> {};
struct default_value : node<N::Default, token<K::Assign>, some_expression> {};
struct inherit : node<N::Inherit, word<K::Inherit>, expect<any_word, M::Strategy>> {};
/// Written after `inherit` it is read all the same.
struct late_default : seq<at<token<K::Assign>>, default_value> {};
struct field_rest : seq<opt<wire>, expect<token<K::Colon>, M::FieldColon>, expect_node<type, M::Type>, mend<K::Inherit>,
                        opt<default_value>, mend<K::Inherit>, opt<inherit>, opt<late_default>> {};
struct named_field : seq<any_word, become<N::Field>, field_rest> {};
struct some_field : sor<named_field, no_item<Items::Fields>> {};
struct field : node<kNothing, opt<doc>, star<note>, some_field> {};
struct fields : items<Items::Fields, field> {};

// --- declarations of types and values ---

struct member_word : function_rule<member_word> {
  static int take(const Parser& parser, TokenIndex at) {
    const K kind = parser.kind(at);
    return is_word(kind) && kind != K::As && kind != K::Includes ? 1 : kNo;
  }
};
struct member_name : node<N::Name, member_word> {};
struct includes : node<N::Includes, token<K::Includes>, expect<member_name, M::IncludedMember>,
                       star<token<K::Comma>, member_name>> {};
struct scope_member : node<N::Member, opt<doc>, member_name, opt<wire>, opt<includes>> {};
struct scope : seq<word<K::Scope>, become<N::ScopeDecl>, expect<new_name, M::ScopeName>,
                   expect<items<Items::Members, scope_member>, M::Body>> {};

struct enum_member : node<N::Member, opt<doc>, member_name, opt<wire>> {};
struct order_mark : node<N::OrderMark, token<K::Less>> {};
struct next_member : sor<seq<order_mark, expect<enum_member, M::Member>>, token<K::Comma>> {};
struct enumeration : seq<word<K::Enum>, become<N::EnumDecl>, expect<new_name, M::EnumName>,
                         expect<items<Items::Members, seq<enum_member, star<next_member>>>, M::Body>> {};

struct record : seq<word<K::Record>, become<N::RecordDecl>, expect<new_name, M::RecordName>, expect<fields, M::Body>> {
};
struct one : node<N::One, token<K::One>, at<name_token>> {};
struct parents : node<N::Parents, token<K::In>, opt<one>, expect<path, M::ParentType>, path_list_rest> {};
struct entity
    : seq<word<K::Entity>, become<N::EntityDecl>, expect<new_name, M::EntityName>, opt<parents>, opt<fields>> {};

struct constant : seq<word<K::Const>, become<N::ConstDecl>, expect<new_name, M::ConstName>, typed,
                      expect<token<K::Assign>, M::Assign>, some_expression> {};
struct param_default : node<N::Default, token<K::Assign>, some_value> {};
struct param_range : node<N::ParamRange, word<K::In>, some_expression> {};
/// Told if it is neither its default, its range nor what comes after it that stands behind a param's type.
struct after_param_type : function_rule<after_param_type> {
  static int take(Parser& parser, TokenIndex at);
};
struct parameter : seq<word<K::Param>, become<N::ParamDecl>, expect<new_name, M::ParamName>, typed, after_param_type,
                       opt<param_default>, opt<param_range>> {};
struct formal : node<N::Parameter, new_name, typed> {};
struct formals : bracketed<K::LeftParen, K::RightParen, comma_list<formal>> {};
struct definition : seq<word<K::Def>, become<N::DefDecl>, expect<new_name, M::DefName>, expect<formals, M::Parameters>,
                        typed, expect<token<K::Assign>, M::Assign>, some_expression> {};
struct annotation : seq<word<K::Annotation>, become<N::AnnotationDecl>, expect<new_name, M::AnnotationName>,
                        opt<at<token<K::Colon>>, typed>> {};

// --- lists ---

struct need : sor<node<N::NeedBecause, word<K::Because>>, expression> {};
struct requires_
    : node<N::Requires, word<K::Requires>, expect<need, M::Need>, star<token<K::Comma>, expect<need, M::Need>>> {};
struct since : node<N::Since, word<K::Since>, some_time> {};
struct until : node<N::Until, word<K::Until>, some_time> {};
struct through : node<N::Through, word<K::Through>, some_time> {};
struct owner : node<N::Owner, word<K::Owner>, some_value> {};
struct row_because : node<N::RowBecause, word<K::Because>, expect<plain_literal, M::Because>> {};
struct mend_row : function_rule<mend_row> {
  static int take(Parser& parser, TokenIndex at);
};
struct row_clause : seq<mend_row, sor<since, until, through, owner, row_because>> {};
struct row : node<N::Row, opt<doc>, value, star<row_clause>> {};
struct from_file : node<N::FromFile, word<K::From>, expect<plain_literal, M::FileName>> {};
struct list_content : sor<from_file, items<Items::Rows, row>> {};
struct list_rest
    : seq<mend<K::Requires, K::From>, opt<requires_>, mend<K::From>, expect<list_content, M::ListContent>> {};
struct allowlist : seq<word<K::Allowlist>, become<N::AllowlistDecl>, expect<new_name, M::ListName>, typed, list_rest> {
};
struct denylist : seq<word<K::Denylist>, become<N::DenylistDecl>, expect<new_name, M::ListName>, typed, list_rest> {};
struct list
    : seq<word<K::List>, become<N::ListDecl>, expect<new_name, M::ListName>, expect<fields, M::Body>, list_rest> {};

// --- decisions ---

struct obliges : seq<word<K::Obliges>, become<N::Obliges>, expect<any_word, M::ObligedField>, typed, mend<K::By>,
                     expect<token<K::By>, M::StrategyBy>, expect<any_word, M::Strategy>> {};
struct star_mark : node<N::Star, token<K::Star>> {};
struct grant_path : node<N::GrantPath, path, opt<token<K::Dot>, star_mark>> {};
struct grants
    : seq<word<K::Grants>, become<N::Grants>, mend<K::Only>, expect<seq<token<K::Only>, token<K::From>>, M::OnlyFrom>,
          expect<grant_path, M::GrantedModule>, star<token<K::Comma>, expect<grant_path, M::GrantedModule>>> {};
struct allow_effect : node<N::Allow, token<K::Allow>> {};
struct deny_effect : node<N::Deny, token<K::Deny>> {};
struct effect : sor<allow_effect, deny_effect> {};
struct default_effect : seq<word<K::Default>, become<N::DefaultEffect>, mend<K::Allow, K::Deny>,
                            expect<effect, M::Effect>, mend<K::Because>, opt<because>> {};
struct decision_word : sor<obliges, grants, default_effect> {};
struct decision_field : seq<star<note>, sor<named_field, no_item<Items::DecisionFields>>> {};
struct mended_decision_word : function_rule<mended_decision_word> {
  static int take(Parser& parser, TokenIndex at);
};
struct decision_item
    : node<kNothing, opt<doc>, sor<decision_word, seq<mended_decision_word, decision_word>, decision_field>> {};
struct decision : seq<word<K::Decision>, become<N::DecisionDecl>, expect<new_name, M::DecisionName>,
                      expect<items<Items::DecisionFields, decision_item>, M::Body>> {};

// --- policies ---

struct when : node<N::When, word<K::When>, condition> {};
struct unless : node<N::Unless, word<K::Unless>, condition> {};
struct for_each
    : node<N::ForEach, word<K::For>, mend<K::Each>, expect<token<K::Each>, M::Each>, expect<binders, M::Binder>> {};
struct otherwise : node<N::Otherwise, token<K::Otherwise>> {};
struct rule_name : expect<new_name, M::RuleName> {};
struct rule_name_or_otherwise : expect<sor<otherwise, new_name>, M::RuleNameOrOtherwise> {};

/// A clause that stands too late, or that rules of its kind do not have: told, and read all the same.
struct tell_misplaced : function_rule<tell_misplaced> {
  static int take(Parser& parser, TokenIndex at);
};
struct misplaced_clause : seq<at<sor<word<K::When>, word<K::Unless>, word<K::For>, word<K::Because>>>, tell_misplaced,
                              sor<when, unless, for_each, because>> {};
using mend_clause = mend<K::When, K::Unless, K::Because, K::For>;

/// Behind the name of a rule a `let` is the rule's if a clause of the rule follows, else the policy's: looks ahead.
struct lets_go_on : function_rule<lets_go_on> {
  static int take(const Parser& parser, TokenIndex at);
};
struct let : seq<word<K::Let>, become<N::Let>, expect<new_name, M::LetName>, expect<token<K::Assign>, M::Assign>,
                 some_expression> {};
struct rule_let : node<N::Let, let> {};
struct lets : opt<lets_go_on, star<rule_let>> {};

struct exempt_target : sor<otherwise, name> {};
struct lifts : node<N::Lifts, word<K::From>, expect<exempt_target, M::Target>,
                    star<token<K::Comma>, expect<exempt_target, M::Target>>> {};
struct exempt : seq<word<K::Exempt>, become<N::ExemptRule>, rule_name, mend<K::From, K::When, K::Because>, opt<lifts>,
                    lets, mend_clause, opt<when>, mend_clause, opt<because>> {};
struct allow : seq<word<K::Allow>, become<N::AllowRule>, rule_name_or_otherwise, lets, mend_clause, opt<when>,
                   mend_clause, opt<because>> {};
struct deny : seq<word<K::Deny>, become<N::DenyRule>, rule_name_or_otherwise, mend_clause, opt<for_each>, lets,
                  mend_clause, opt<when>, mend_clause, opt<unless>, mend_clause, opt<because>> {};
struct on_deny : node<N::OnDeny, at<token<K::On>, token<K::Deny>>, token<K::On>, token<K::Deny>> {};
struct oblige : seq<word<K::Oblige>, become<N::ObligeRule>, rule_name, opt<on_deny>, star<rule_let>,
                    expect<any_word, M::ObligedField>, expect<token<K::Assign>, M::Assign>, some_expression,
                    mend_clause, opt<when>> {};

struct a_rule : sor<exempt, allow, deny, oblige, let> {};
struct some_rule
    : sor<a_rule, seq<mended<K::Exempt, K::Allow, K::Deny, K::Oblige, K::Let>, a_rule>, no_item<Items::Rules>> {};
struct rule : node<kNothing, opt<doc>, star<note>, some_rule, star<misplaced_clause>> {};
struct body : items<Items::Rules, rule> {};

struct from_time : node<N::From, word<K::From>, some_time> {};
struct in_force : node<N::InForce, token<K::In>, expect<token<K::Force>, M::Force>, mend<K::From, K::Until, K::Through>,
                       opt<from_time>, mend<K::Until, K::Through>, opt<sor<until, through>>> {};
struct mode
    : node<N::Mode, word<K::Mode>, expect<name, M::ModeName>, mend<K::Until, K::Through>, opt<sor<until, through>>> {};
struct tell_misplaced_header : function_rule<tell_misplaced_header> {
  static int take(Parser& parser, TokenIndex at);
};
struct misplaced_header : seq<at<sor<token<K::In>, word<K::Mode>, word<K::When>, word<K::Unless>>>,
                              tell_misplaced_header, sor<in_force, mode, when, unless>> {};
struct header : seq<mend<K::Mode, K::When>, opt<in_force>, mend<K::Mode, K::When>, opt<mode>, mend<K::When>, opt<when>,
                    star<misplaced_header>> {};
struct for_decisions : node<N::For, word<K::For>, expect<path, M::DecisionPath>, path_list_rest> {};
struct actual : seq<any_word, expect<token<K::Colon>, M::Colon>, some_expression> {};
struct actuals : bracketed<K::LeftParen, K::RightParen, comma_list<actual>> {};
struct instance : node<N::Instance, word<K::Is>, expect<path, M::TemplatePath>, expect<actuals, M::Arguments>> {};
struct policy_for : seq<expect<for_decisions, M::ForDecision>, header, expect<body, M::Body>> {};
struct policy : seq<word<K::Policy>, become<N::PolicyDecl>, expect<new_name, M::PolicyName>, mend<K::For, K::Is>,
                    sor<seq<instance, header>, policy_for>> {};
struct template_ : seq<word<K::Template>, become<N::TemplateDecl>, expect<new_name, M::TemplateName>,
                       expect<formals, M::Parameters>, mend<K::For>, policy_for> {};
struct claim : seq<word<K::Claim>, become<N::ClaimDecl>, expect<new_name, M::ClaimName>,
                   expect<token<K::Colon>, M::Colon>, mend<K::Never>, expect<token<K::Never>, M::Never>,
                   expect<effect, M::Effect>, expect<path, M::DecisionPath>, mend<K::When>, opt<when>> {};

// --- files ---

struct private_ : node<N::Private, word<K::Private>> {};
struct open : node<N::Open, word<K::Open>> {};
struct a_declaration : sor<scope, enumeration, record, entity, constant, parameter, definition, annotation, allowlist,
                           denylist, list, decision, policy, template_, claim> {};
struct mended_declaration : mended<K::Scope, K::Enum, K::Record, K::Entity, K::Const, K::Param, K::Def, K::Annotation,
                                   K::Allowlist, K::Denylist, K::List, K::Decision, K::Policy, K::Template, K::Claim> {
};
struct some_declaration : sor<a_declaration, seq<mended_declaration, a_declaration>, no_item<Items::Declarations>> {};
struct declaration : node<kNothing, opt<doc>, star<note>, opt<private_>, opt<open>, some_declaration> {};

struct import_names : node<N::ImportNames, token<K::Dot>, bracketed<K::LeftBrace, K::RightBrace, comma_list<name>>> {};
struct import : node<N::Import, word<K::Import>, expect<path, M::ImportPath>, opt<import_names>> {};
struct late_import : seq<at<word<K::Import>>, tell<codes::LateImport>, import> {};
struct module_ : node<N::Module, word<K::Module>, expect<path, M::ModuleName>> {};
struct second_module : seq<at<word<K::Module>>, tell<codes::SecondModule>, module_> {};
struct no_module : function_rule<no_module> {
  static int take(Parser& parser, TokenIndex at);
};
struct module_line : sor<module_, seq<mended<K::Module>, module_>, no_module> {};
struct some_import : sor<import, seq<mended<K::Import>, import>> {};
struct file : node<N::File, opt<doc>, module_line, star<some_import>,
                   star<not_at<token<K::EndOfFile>>, sor<late_import, second_module, declaration>>> {};

}  // namespace bylaw::grammar::rules
