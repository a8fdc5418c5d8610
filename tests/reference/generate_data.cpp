// Random entity data and requests that fit the declarations of the shared world (generated_world.cpp).

#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "reference/generate.h"

namespace bylaw::reference {

using nlohmann::json;

namespace {

struct Data {
  Random& random;
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <class Item>
  Item pick(const std::vector<Item>& items) {
    return items[below(items.size())];
  }

  json integer() {
    return pick<std::int64_t>({0, 1, -1, 2, 7, 100, INT64_MAX, INT64_MIN, INT64_MAX - 1, 4611686018427387904});
  }
  json decimal() {
    return pick<json>({0, 1, -1, 7.5, 0.0001, -0.0001, 0.3333, 922337203685477.5, -922337203685477.5, 30000000.5, 100});
  }
  json amount() {
    return pick<std::string>(
        {"500m", "1.5Gi", "2", "", "100u", "100n", "1e3", ".5", "7.", "x", "9Ei", "0.0009765625Ki"});
  }
  json duration() {
    return pick<std::string>({"0s", "30d", "-1us", "1d12h", "29d23h", "31d", "106751991d", "-106751991d"});
  }
  json time() {
    return pick<std::string>({"2026-01-01T00:00:00Z", "2026-05-31T23:59:59.999999Z", "2026-06-01T00:00:00Z",
                              "2026-03-31T23:59:59Z", "2026-04-01T02:00:00+02:00", "0001-01-01T00:00:00Z",
                              "9999-12-31T23:59:59Z", "2025-12-31T12:00:00Z"});
  }
  json text() { return pick<std::string>({"", "ana", "bob", "Ünï", "eve \"x\"", "ANA", "an", "ſK", "üNÏ"}); }
  json ip() {
    return pick<std::string>({"10.1.2.3", "10.1.255.255", "10.2.0.0", "9.255.255.255", "0.0.0.0", "255.255.255.255",
                              "::", "::1", "::ffff:10.1.2.3", "2001:DB8::1", "2001:db9::", "192.168.0.1"});
  }
  json net() {
    return pick<std::string>({"10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.1.2.3/32", "0.0.0.0/0", "::/0",
                              "2001:db8::/32", "2001:db8:1::/48", "::1/128", "::ffff:0:0/96", "192.168.0.0/16"});
  }
  json version() {
    return pick<std::string>({"0.0.0", "1", "1.0.0", "1.2.3", "1.2.3-rc.1", "1.2.3-rc.2+build.7", "1.2.3-rc.10",
                              "1.2.3-alpha", "v2.0", "2.0.0-rc.1", "2.0.0-rc.1.x", "0.0.0-0", "4294967295.1"});
  }
  json ranges() {
    return pick<std::string>({"=1.2.3", ">=0.0.0-0", "<1.0.0 || >=2.0.0-rc.1 <2.0.0", ">1.2.3-alpha <=1.2.3-rc.10",
                              ">=2 <3 || =1.0 || <1", ">=0.0.0-0 <2", "<=0.0.0-0", "=3||>=2 <2.1",
                              "<1 || =1.0.0 || >1 <2", ">=1 >1.2.3-rc.1 <3 <=2.0.0"});
  }
  json several_by(const std::function<std::string()>& key, const std::function<json()>& one) {
    json object = json::object();
    for (std::size_t n = chance(25) ? 0 : 1 + below(5); n > 0; --n) object[key()] = one();
    return object;
  }
  json tagged() {
    return several_by([&] { return text().get<std::string>(); }, [&] { return text(); });
  }
  json something() {
    return pick<json>({0, "x", false, json::array({1, json::object()}), json{{"a", {{"b", 1.5e300}}}}, json::array()});
  }
  json colour() { return pick<std::string>({"red", "GREEN", "blue"}); }
  json level() { return pick<std::string>({"low", "mid", "high"}); }
  json reach() { return pick<std::string>({"a", "b", "c", "wire.d", "e", "new", "newer"}); }
  json sort() { return pick<std::string>({"x", "why", "z", "else", ""}); }
  std::string person_name() {
    return pick<std::string>({"Person::\"p1\"", "Person::\"p2\"", "Person::\"p3\"", "Person::\"p4\""});
  }
  std::string team_name() {
    return pick<std::string>({"Team::\"t1\"", "Team::\"t2\"", "Team::\"t3\"", "Team::\"t4\""});
  }
  json label() { return pick<std::string>({"Label::l1", "Label::\"l 2\"", "Label::l3"}); }
  json who() { return chance(50) ? person_name() : team_name(); }

  json several(const std::function<json()>& one) {
    json items = json::array();
    for (std::size_t n = chance(25) ? 0 : 1 + below(4); n > 0; --n) items.push_back(one());
    return items;
  }
  json inner() {
    json object = {{"flag", chance(50)}};
    if (chance(50)) object["n"] = integer();
    if (chance(50)) object["at"] = chance(20) ? json() : time();
    return object;
  }
  json item() {
    json object = {{"name", text()}, {"level", level()}, {"tags", several([&] { return text(); })}};
    if (chance(60)) object["inner"] = inner();
    return object;
  }
  json person_attributes() {
    json object = {{"in", several([&] { return json(team_name()); })}};
    if (chance(50)) object["age"] = integer();
    if (chance(50)) object["cap"] = duration();
    if (chance(50)) object["strict"] = chance(50);
    if (chance(50)) object["cost"] = decimal();
    if (chance(50)) object["home"] = team_name();
    if (chance(50)) object["teams"] = several([&] { return json(team_name()); });
    shared_attributes(object);
    return object;
  }
  /// What teams have and people inherit.
  void shared_attributes(json& object) {
    if (chance(40)) object["rank"] = level();
    if (chance(40)) object["marks"] = several([&] { return text(); });
    if (chance(40)) object["scopes"] = several([&] { return reach(); });
    if (chance(40)) object["peers"] = several([&] { return who(); });
  }
  json folder_attributes() {
    json object = json::object();
    if (chance(40)) object["title"] = text();
    if (chance(40)) object["top"] = level();
    if (chance(40)) object["inner"] = inner();
    if (chance(40)) object["shown"] = several([&] { return colour(); });
    if (chance(40)) object["kinds"] = several([&] { return sort(); });
    return object;
  }
  /// In a chain: each folder may only lie in one with a smaller number.
  json folder() {
    const std::string id = "f" + std::to_string(1 + below(4));
    if (chance(50)) return "Folder::" + id;
    json object = folder_attributes();
    object["type"] = "Folder";
    object["id"] = chance(50) ? "f4" : "f9";
    object["in"] = json::array();
    const std::string above = "f" + std::to_string(1 + below(3));
    if (chance(70)) object["in"].push_back("Folder::" + above);
    return object;
  }
  /// A person: named, described over the entity data, or known to the request alone.
  json person() {
    if (chance(60)) return person_name();
    if (chance(50)) {
      const std::string id = pick<std::string>({"p1", "p2"});
      if (described.contains(id)) return "Person::" + id;
      described.insert(id);
      json object = {{"type", "Person"}, {"id", id}};
      if (chance(50)) object["in"] = several([&] { return json(team_name()); });
      if (chance(50)) object["cap"] = chance(30) ? json() : duration();
      shared_attributes(object);
      return object;
    }
    json object = person_attributes();
    object["type"] = "Person";
    object["id"] = "new" + std::to_string(next_person++);
    return object;
  }
  std::set<std::string> described = {};
  int next_person = 0;
};

}  // namespace

json random_entities(Random& random) {
  Data data{random};
  json entities = json::object();
  for (const char* id : {"t1", "t2", "t3", "t4"}) {
    json team = {{"size", data.integer()},
                 {"strict", data.chance(50)},
                 {"in", data.several([&] { return json(data.team_name()); })}};
    if (data.chance(50)) team["cap"] = data.duration();
    if (data.chance(50)) team["nets"] = data.several([&] { return data.net(); });
    data.shared_attributes(team);
    if (data.chance(50)) team["cost"] = data.decimal();
    if (data.chance(50))
      team["notes"] = data.several_by([&] { return data.text().get<std::string>(); }, [&] { return data.integer(); });
    if (data.chance(50)) team["other"] = data.something();
    entities[std::string("Team::") + id] = team;
  }
  for (const char* id : {"p1", "p2", "p3", "p4"}) entities[std::string("Person::") + id] = data.person_attributes();
  for (std::size_t i = 1; i <= 4; ++i) {
    json folder = data.folder_attributes();
    if (i > 1 && data.chance(80)) folder["in"] = "Folder::f" + std::to_string(1 + data.below(i - 1));
    entities["Folder::f" + std::to_string(i)] = folder;
  }
  return entities;
}

json random_request(Random& random) {
  Data d{random};
  json r;
  r["yes"] = d.chance(50);
  r["i"] = d.integer();
  r["j"] = d.integer();
  r["dur"] = d.duration();
  r["now"] = d.time();
  r["at"] = d.time();
  r["s"] = d.text();
  r["colour"] = d.colour();
  r["level"] = d.level();
  r["reach"] = d.reach();
  r["sort"] = d.sort();
  r["item"] = d.item();
  r["person"] = d.person();
  r["who"] = d.who();
  r["team"] = d.team_name();
  r["folder"] = d.folder();
  r["label"] = json{{"type", "Label"}, {"id", d.chance(50) ? "l1" : "l9"}};
  r["ints"] = d.several([&] { return d.integer(); });
  r["texts"] = d.several([&] { return d.text(); });
  r["colours"] = d.several([&] { return d.colour(); });
  r["levels"] = d.several([&] { return d.level(); });
  r["reaches"] = d.several([&] { return d.reach(); });
  r["sorts"] = d.several([&] { return d.sort(); });
  r["people"] = d.several([&] { return d.person(); });
  r["all_teams"] = d.several([&] { return json(d.team_name()); });
  r["everyone"] = d.several([&] { return d.who(); });
  r["labels"] = d.several([&] { return d.label(); });
  r["times"] = d.several([&] { return d.time(); });
  r["int_list"] = d.several([&] { return d.integer(); });
  r["items"] = d.several([&] { return d.item(); });
  r["person_list"] = d.several([&] { return d.person(); });
  r["reach_list"] = d.several([&] { return d.reach(); });
  r["ip"] = d.ip();
  r["net"] = d.net();
  r["ver"] = d.version();
  r["ranges"] = d.ranges();
  r["ips"] = d.several([&] { return d.ip(); });
  r["nets"] = d.several([&] { return d.net(); });
  r["vers"] = d.several([&] { return d.version(); });
  r["net_list"] = d.several([&] { return d.net(); });
  r["all_ranges"] = d.several([&] { return d.ranges(); });
  if (d.chance(50)) r["maybe_ip"] = d.ip();
  if (d.chance(50)) r["maybe_ver"] = d.version();
  if (d.chance(50)) r["maybe_i"] = d.integer();
  if (d.chance(50)) r["maybe_at"] = d.time();
  if (d.chance(50)) r["maybe_dur"] = d.duration();
  if (d.chance(50)) r["maybe_s"] = d.chance(20) ? json() : d.text();
  if (d.chance(50)) r["maybe_reach"] = d.reach();
  if (d.chance(50)) r["maybe_item"] = d.item();
  if (d.chance(50)) r["maybe_team"] = d.team_name();
  if (d.chance(50)) r["maybe_yes"] = d.chance(50);
  if (d.chance(50)) r["maybe_ints"] = d.several([&] { return d.integer(); });
  r["tagged"] = d.tagged();
  if (d.chance(50)) r["maybe_tagged"] = d.chance(20) ? json() : d.tagged();
  if (d.chance(15)) r["maybe_tagged"] = r["tagged"];  // what random maps and records hardly are: equal
  if (d.chance(15)) r["maybe_item"] = r["item"];
  if (d.chance(15)) r["items"].push_back(r["item"]);
  r["by_sort"] = d.several_by([&] { return d.sort().get<std::string>(); }, [&] { return d.item(); });
  r["by_colour"] = d.several_by(
      [&] { return d.colour().get<std::string>(); },
      [&] { return d.several_by([&] { return d.text().get<std::string>(); }, [&] { return d.integer(); }); });
  if (d.chance(50))
    r["who_has"] = d.several_by([&] { return d.text().get<std::string>(); },
                                [&] { return d.several([&] { return json(d.team_name()); }); });
  if (d.chance(50)) r["whatever"] = d.chance(20) ? json() : d.something();
  r["taken"] = d.something();
  const auto mixed = [&] { return d.chance(50) ? d.integer() : d.text(); };
  r["mixed"] = mixed();
  r["all_mixed"] = d.several(mixed);
  if (d.chance(50)) r["all_mixed"].push_back(r["mixed"]);
  r["cost"] = d.chance(50) ? d.decimal() : d.amount();
  switch (d.below(6)) {
    case 0: r["maybe_mixed"] = d.chance(50); break;
    case 1: r["maybe_mixed"] = d.decimal(); break;
    case 2: r["maybe_mixed"] = d.level(); break;
    case 3: r["maybe_mixed"] = d.several([&] { return d.integer(); }); break;
    case 4: r["maybe_mixed"] = d.inner(); break;
    default: break;
  }
  r["by_name"] = d.several_by([&] { return d.text().get<std::string>(); },
                              [&] { return d.chance(50) ? d.text() : d.several([&] { return d.integer(); }); });
  r["loose"] = d.several_by([&] { return d.text().get<std::string>(); }, [&] { return d.something(); });
  r["dec"] = d.decimal();
  r["price"] = d.decimal();
  r["decs"] = d.several([&] { return d.decimal(); });
  r["amount"] = d.amount();
  if (d.chance(50)) r["maybe_dec"] = d.decimal();
  return r;
}

}  // namespace bylaw::reference
