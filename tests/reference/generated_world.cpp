#include "reference/generated_world.h"

namespace bylaw::reference {

const char* const kPrelude = R"(module fuzz

enum Colour { red  green as "GREEN"  blue }
enum Level { low < mid < high }
open scope Reach { a  b includes a  c includes b  d as "wire.d"  e includes a, d }
open enum Sort { x  y as "why"  z }
record Inner { n: Int?  at: Time?  flag: Bool }
record Item { name: String  level: Level  inner: Inner?  tags: Set<String> max 16 }
entity Team in Team {
  size: Int  cap: Duration?  strict: Bool  rank: Level?  marks: Set<String> max 16?  scopes: Set<Reach> max 16?  peers: Set<Person | Team> max 16?
  nets: Set<Cidr> max 16 = {}  cost: Decimal?  notes: Map<String, Int> max 16 = {"ana": 1}  other: Any?
}
entity Person in Team {
  age:    Int?
  cap:    Duration?    inherit min
  cost:   Decimal?     inherit max
  strict: Bool = true  inherit all
  home:   Team?
  teams:  Set<Team> max 16 = {}
  rank:   Level?       inherit max
  marks:  Set<String> max 16? inherit union
  scopes: Set<Reach> max 16 = {Reach.a}  inherit intersect
  peers:  Set<Person | Team> max 16?     inherit union
}
entity Folder in one Folder {
  title: String?      inherit nearest
  top:   Level = mid  inherit farthest
  inner: Inner?       inherit nearest
  shown: Set<Colour> max 16? inherit intersect
  kinds: Set<Sort> max 16?   inherit union
}
entity Label
const prices: Map<String, Int> max 16 = {"ana": 7, "": 0, "Ünï": -1}
const by_level: Map<Level, Set<String> max 16> max 16 = {high: {"ana"}, Level.low: {}}
const fixed: Map<String, String> = {"ana": "ana", "": "bob"}
const wanted: Set<String> = {"", "ana", "Ünï"}
const limit: Duration = 30d
param given: Inner = {n: 7, flag: true}
allowlist listed: Person | Team { Person::"p1"  Team::"t1" since 2026-01-01 until 2026-06-01T00:00:00Z }
allowlist shapes: Glob { glob"a*"  glob"{b,e}*" until 2026-03-31T00:00:00Z  glob"?n**" }
const globs: Set<Glob> = {glob"*n*", glob"", glob"e?e**"}
const regexes: List<Regex> = [re"^[ab]", re"(?i)an+a$", re"\s", re"^.{3}$"]
allowlist words: String { "ana"  "bob" through 2026-03-31 }
allowlist office: Cidr {
  cidr"10.0.0.0/8" until 2026-06-01T00:00:00Z  cidr"10.1.0.0/16" since 2026-01-01  cidr"10.1.0.0/16" until 2026-01-01T00:00:00Z
  cidr"2001:db8::/32"  cidr"0.0.0.0/32"
}
allowlist hosts: Ip { ip"10.1.2.3"  ip"::1" since 2026-01-01 }
allowlist releases: Version { v"1.2.3"  v"2.0.0-rc.1" }
denylist broken: Versions { versions"<1.0 || >=2.0.0-rc.1 <2.0.0"  versions"=1.2.3" until 2026-06-01T00:00:00Z }
const private_nets: Set<Cidr> = {cidr"10.0.0.0/8", cidr"192.168.0.0/16"}
list waivers { lifts: Policy  who: Person | Team  level: Level = mid  tags: Set<String> = {"ana"}  n: Int?  when_at: Time? }
  requires since, owner
{
  {lifts: p, who: Person::"p1", n: 7} since 2026-01-01 until 2026-06-01T00:00:00Z owner "ops"
  {lifts: quiet, who: Team::"t1", level: high, tags: {}} since 2025-12-31 owner Team::"t2" because "wide"
  {lifts: p, who: Team::"t3", tags: {"bob", "ana"}, when_at: 2026-03-31} since 2026-03-31T23:59:59.999999Z through 2026-12-31 owner "ops"
  {lifts: p, who: Team::"t1", level: low, n: -1} since 0001-01-01 owner "x"
}
list undated { colour: Colour  n: Int } { {colour: red, n: 1} {colour: blue, n: 2} {colour: red, n: 7} }
def older(someone: Person, years: Int): Bool = (someone.age ?? 0) > years
def settled(at_: Team?, someone: Person): Bool = (at_ ?? someone.home) is set and (at_ ?? someone.home) in Team::"t1"
def told(text: String?, inside: Folder): Bool = (text ?? inside.title) is set
def those(among: List<Item>, least: Level): List<Item> = [item_ for item_ in among where item_.level >= least and item_.inner is set]
def twice(some: List<Int>, more: Int): List<Int> = [number + more for number in some where number > more]
def tags_of(among: List<Item>): Set<String> = {tag for item_ in among, tag in item_.tags}
const inners: List<Inner> = [{n: 7, flag: true}, {flag: false}, {n: 1, at: 2026-01-01, flag: true}]
def longest(first: Duration?, second: Duration): Duration = if first is set and first > second then first else second

decision ask {
  yes: Bool  i: Int  j: Int  dur: Duration  now: Time  at: Time  s: String
  colour: Colour  level: Level  reach: Reach  sort: Sort  item: Item
  person: Person  who: Person | Team  team: Team  label: Label
  ints: Set<Int> max 16  texts: Set<String> max 16  colours: Set<Colour> max 16  levels: Set<Level> max 16  reaches: Set<Reach> max 16  sorts: Set<Sort> max 16
  people: Set<Person> max 16  all_teams: Set<Team> max 16  everyone: Set<Person | Team> max 16  labels: Set<Label> max 16  times: Set<Time> max 16
  int_list: List<Int> max 16  items: List<Item> max 16  person_list: List<Person> max 16  reach_list: List<Reach> max 16
  maybe_i: Int?  maybe_at: Time?  maybe_dur: Duration?  maybe_s: String?  maybe_reach: Reach?  maybe_item: Item?
  maybe_team: Team?  maybe_yes: Bool?  maybe_ints: Set<Int> max 16?  folder: Folder
  ip: Ip  net: Cidr  ver: Version  ranges: Versions  maybe_ip: Ip?  maybe_ver: Version?
  ips: Set<Ip> max 16  nets: Set<Cidr> max 16  vers: Set<Version> max 16  net_list: List<Cidr> max 16  all_ranges: Set<Versions> max 16
  obliges all_texts: Set<String> by union  obliges some_scopes: Set<Reach> by intersect  obliges seen: Int by collect
  obliges whom: Set<Team> by union  obliges lists: Set<Sort> by collect  obliges top: Level by max  obliges names: String by collect
  dec: Decimal  price: Decimal  decs: Set<Decimal> max 16  maybe_dec: Decimal?  amount: String
  tagged: Map<String, String> max 16  maybe_tagged: Map<String, String> max 16?  by_sort: Map<Sort, Item> max 16  by_colour: Map<Colour, Map<String, Int> max 16> max 16
  who_has: Map<String, List<Team> max 16> max 16 = {}  whatever: Any?  taken: Any
  loose: Map<String, Any> max 16  mixed: Int | String  maybe_mixed: Bool | Decimal | Level | Set<Int> max 16 | Inner?
  all_mixed: List<Int | String> max 16  by_name: Map<String, String | List<Int> max 16> max 16  cost: Decimal | String
  default allow
}
)";

const std::vector<Source> kFields = {
    {"yes", one(T::Bool)},
    {"(item.level == high)", one(T::Bool)},
    {"person.strict", one(T::Bool)},
    {"team.strict", one(T::Bool)},
    {"folder.top", one(T::Level)},
    {"person.scopes", set_of(T::Reach)},
    {"i", one(T::Int)},
    {"j", one(T::Int)},
    {"team.size", one(T::Int)},
    {"dec", one(T::Decimal)},
    {"price", one(T::Decimal)},
    {"decs", set_of(T::Decimal)},
    {"amount", one(T::String)},
    {"weekday(now)", one(T::Weekday)},
    {"(tagged[s] ?? \"\")", one(T::String)},
    {"(prices[item.name] ?? -7)", one(T::Int)},
    {"(team.notes[s] ?? 3)", one(T::Int)},
    {"(by_colour[colour][\"ana\"] ?? i)", one(T::Int)},
    {"(tagged is empty)", one(T::Bool)},
    {"(whatever is set)", one(T::Bool)},
    {"(team.other is unset)", one(T::Bool)},
    {"(loose[s] is set)", one(T::Bool)},
    {"(mixed is Int)", one(T::Bool)},
    {"(mixed is String and mixed in texts)", one(T::Bool)},
    {"(if mixed is Int then mixed else -3)", one(T::Int)},
    {"(if mixed is Int then s else mixed)", one(T::String)},
    {"(maybe_mixed is set and maybe_mixed is Bool and maybe_mixed)", one(T::Bool)},
    {"(maybe_mixed is set and maybe_mixed is Level | Inner)", one(T::Bool)},
    {"(maybe_mixed is set and not maybe_mixed is Bool | Set<Int> and (if maybe_mixed is Decimal then maybe_mixed > dec "
     "else (maybe_mixed is Level and maybe_mixed > level)))",
     one(T::Bool)},
    {"(if maybe_mixed is set and maybe_mixed is Inner then maybe_mixed else given)", one(T::Inner)},
    {"(if maybe_mixed is set and maybe_mixed is Set<Int> then maybe_mixed else ints)", set_of(T::Int)},
    {"(any mixed_ in all_mixed: if mixed_ is Int then mixed_ > i else mixed_ == s)", one(T::Bool)},
    {"(mixed in all_mixed)", one(T::Bool)},
    {"count([mixed_ for mixed_ in all_mixed where mixed_ is Int and mixed_ in ints])", one(T::Int)},
    {"(all key_ in by_name: if by_name[key_] is String then by_name[key_] == s else i in by_name[key_])", one(T::Bool)},
    {"(quantity(cost) ?? dec)", one(T::Decimal)},
    {"(maybe_i ?? person.age ?? -5)", one(T::Int)},
    {"settled(maybe_team, person)", one(T::Bool)},
    {"told(maybe_s, folder)", one(T::Bool)},
    {"(loose is empty)", one(T::Bool)},
    {"(all key_ in loose: key_ in texts)", one(T::Bool)},
    {"count({key_ for key_ in loose})", one(T::Int)},
    {"(by_colour[red] is set)", one(T::Bool)},
    {"tagged", one(T::Labels)},
    {"(maybe_tagged ?? tagged)", one(T::Labels)},
    {"fixed", one(T::Labels)},
    {"prices", one(T::Counts)},
    {"team.notes", one(T::Counts)},
    {"given", one(T::Inner)},
    {"(item.inner ?? given)", one(T::Inner)},
    {"(maybe_item ?? item)", one(T::Item)},
    {"(by_sort[sort] ?? item)", one(T::Item)},
    {"dur", one(T::Duration)},
    {"limit", one(T::Duration)},
    {"now", one(T::Time)},
    {"at", one(T::Time)},
    {"s", one(T::String)},
    {"item.name", one(T::String)},
    {"colour", one(T::Colour)},
    {"level", one(T::Level)},
    {"item.level", one(T::Level)},
    {"reach", one(T::Reach)},
    {"sort", one(T::Sort)},
    {"person", one(T::Person)},
    {"team", one(T::Team)},
    {"who", one(T::Who)},
    {"label", one(T::Label)},
    {"item", one(T::Item)},
    {"ints", set_of(T::Int)},
    {"texts", set_of(T::String)},
    {"wanted", set_of(T::String)},
    {"item.tags", set_of(T::String)},
    {"colours", set_of(T::Colour)},
    {"levels", set_of(T::Level)},
    {"reaches", set_of(T::Reach)},
    {"sorts", set_of(T::Sort)},
    {"people", set_of(T::Person)},
    {"all_teams", set_of(T::Team)},
    {"person.teams", set_of(T::Team)},
    {"everyone", set_of(T::Who)},
    {"labels", set_of(T::Label)},
    {"times", set_of(T::Time)},
    {"int_list", list_of(T::Int)},
    {"items", list_of(T::Item)},
    {"person_list", list_of(T::Person)},
    {"ip", one(T::Ip)},
    {"net", one(T::Net)},
    {"ver", one(T::Version)},
    {"ranges", one(T::Ranges)},
    {"ips", set_of(T::Ip)},
    {"nets", set_of(T::Net)},
    {"team.nets", set_of(T::Net)},
    {"private_nets", set_of(T::Net)},
    {"vers", set_of(T::Version)},
    {"net_list", list_of(T::Net)},
    {"all_ranges", set_of(T::Ranges)},
    {"reach_list", list_of(T::Reach)},
    {"words", list_of(T::String)},
    {"waivers", list_of(T::Waiver)},
    {"undated", list_of(T::Undated)}};

const std::vector<Source> kOptionals = {{"maybe_i", one(T::Int)},
                                        {"quantity(amount)", one(T::Decimal)},
                                        {"quantity(item.name)", one(T::Decimal)},
                                        {"prices[s]", one(T::Int)},
                                        {"prices[\"ana\"]", one(T::Int)},
                                        {"given.n", one(T::Int)},
                                        {"given.at", one(T::Time)},
                                        {"by_level[Level.high]", set_of(T::String)},
                                        {"maybe_at", one(T::Time)},
                                        {"maybe_dec", one(T::Decimal)},
                                        {"person.cost", one(T::Decimal)},
                                        {"maybe_team.cost", one(T::Decimal)},
                                        {"maybe_dur", one(T::Duration)},
                                        {"maybe_s", one(T::String)},
                                        {"maybe_reach", one(T::Reach)},
                                        {"maybe_item", one(T::Item)},
                                        {"maybe_team", one(T::Team)},
                                        {"maybe_yes", one(T::Bool)},
                                        {"maybe_ints", set_of(T::Int)},
                                        {"tagged[\"ana\"]", one(T::String)},
                                        {"tagged[s]", one(T::String)},
                                        {"maybe_tagged[\"bob\"]", one(T::String)},
                                        {"maybe_tagged", one(T::Labels)},
                                        {"by_sort[sort]", one(T::Item)},
                                        {"by_sort[Sort.y].inner.n", one(T::Int)},
                                        {"by_sort[Sort.x].tags", set_of(T::String)},
                                        {"by_level[level]", set_of(T::String)},
                                        {"by_colour[colour][s]", one(T::Int)},
                                        {"team.notes[\"ana\"]", one(T::Int)},
                                        {"maybe_ip", one(T::Ip)},
                                        {"maybe_ver", one(T::Version)},
                                        {"item.inner", one(T::Inner)},
                                        {"item.inner.n", one(T::Int)},
                                        {"item.inner.at", one(T::Time)},
                                        {"item.inner.flag", one(T::Bool)},
                                        {"maybe_item.name", one(T::String)},
                                        {"maybe_item.inner.n", one(T::Int)},
                                        {"person.age", one(T::Int)},
                                        {"person.rank", one(T::Level)},
                                        {"person.marks", set_of(T::String)},
                                        {"person.peers", set_of(T::Who)},
                                        {"team.marks", set_of(T::String)},
                                        {"folder.title", one(T::String)},
                                        {"folder.inner", one(T::Inner)},
                                        {"folder.inner.n", one(T::Int)},
                                        {"folder.inner.flag", one(T::Bool)},
                                        {"folder.shown", set_of(T::Colour)},
                                        {"folder.kinds", set_of(T::Sort)},
                                        {"person.cap", one(T::Duration)},
                                        {"person.home", one(T::Team)},
                                        {"person.home.cap", one(T::Duration)},
                                        {"person.home.size", one(T::Int)},
                                        {"maybe_team.size", one(T::Int)}};

}  // namespace bylaw::reference
