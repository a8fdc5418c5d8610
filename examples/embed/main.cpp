// A service that hands out tokens and asks Bylaw first. It opens the bundle once, and decides from several threads:
// each has memory of its own for one request and one verdict, and uses it again and again.
//
//   bylaw build examples/azure-devops-pat -o pat.bylawc
//   token_service pat.bylawc
//
// What can go wrong, and what this service does then:
//   the bundle is missing, damaged or not for this runtime   it does not start
//   the decision or a field is not in the bundle              it does not start
//   a request does not fit the declared shape                 the caller gets the place and the code (400), never a
//   token the policies deny                                         the caller gets every reason (403)
#include <bylaw/bylaw.hpp>
#include <bylaw/report.hpp>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

/// What the web framework hands over.
struct TokenRequest {
  std::string user;
  std::vector<std::string> groups;
  std::vector<std::string> scopes;
  bool full = false;
  bylaw::Duration life;
};

constexpr bylaw::Duration days(std::int64_t n) {
  return {n * 86'400'000'000};
}
constexpr bylaw::Time kNow{1'757'505'600'000'000};      // 2025-09-10T12:00:00Z; a real service asks its clock
constexpr bylaw::Time kFounded{1'705'276'800'000'000};  // 2024-01-15

template <class T>
T or_exit(bylaw::Result<T> result) {
  if (result) return *result;
  std::fprintf(stderr, "token_service: %s\n", result.error().to_text().c_str());
  std::exit(1);
}

/// Everything that is looked up by name, once, at the start.
struct Policy {
  bylaw::Decision create;
  bylaw::Slot principal, caller, token, org, now;

  explicit Policy(const bylaw::World& world)
      : create(or_exit(world.decision("create"))),
        principal(or_exit(create.slot("principal"))),
        caller(or_exit(create.slot("caller"))),
        token(or_exit(create.slot("token"))),
        org(or_exit(create.slot("org"))),
        now(or_exit(create.slot("now"))) {}
};

/// One thread's memory.
class Desk {
 public:
  explicit Desk(const Policy& policy)
      : policy_(policy),
        request_memory_(policy.create.request_bytes()),
        verdict_memory_(policy.create.verdict_bytes()),
        request_(policy.create, request_memory_),
        verdict_(verdict_memory_) {}

  /// The HTTP status, and the answer's body.
  std::pair<int, std::string> answer(const TokenRequest& asked) {
    fill(asked);
    bylaw::decide(policy_.create, request_, verdict_);
    if (verdict_.allowed()) return {201, "created"};
    if (verdict_.outcome() == bylaw::Outcome::Invalid)
      return {400, std::string(verdict_.code()) + " " + std::string(verdict_.path())};
    return {403, reasons()};
  }

 private:
  void fill(const TokenRequest& asked) {
    const std::vector<bylaw::Value> groups(asked.groups.begin(), asked.groups.end());
    const std::vector<bylaw::Value> scopes(asked.scopes.begin(), asked.scopes.end());
    const std::vector<bylaw::Attribute> token = {{"scopes", scopes},
                                                 {"full", asked.full},
                                                 {"global", false},
                                                 {"created", kNow},
                                                 {"expires", bylaw::Time{kNow.microseconds + asked.life.microseconds}}};
    const std::vector<bylaw::Value> allow_list = {"Group::build-engineers"};
    const std::vector<bylaw::Attribute> tenant = {{"restrict_global", true},
                                                  {"restrict_full_scope", true},
                                                  {"restrict_lifespan", true},
                                                  {"max_lifespan", days(90)}};
    const bylaw::Entity contoso{.type = "Tenant", .id = "contoso", .in = {}, .attributes = tenant};
    const std::vector<bylaw::Attribute> organization = {
        {"created", kFounded},    {"entra", true},          {"tenant", contoso},       {"restrict_creation", "on"},
        {"packaging_only", true}, {"use_allow_list", true}, {"allow_list", allow_list}};
    const std::vector<bylaw::Attribute> caller = {{"credential", "user"}, {"access", "basic"}, {"account", "enabled"}};

    request_.clear();
    request_.set(policy_.principal, bylaw::Entity{.type = "User", .id = asked.user, .in = groups, .attributes = {}});
    request_.set(policy_.caller, caller);
    request_.set(policy_.token, token);
    request_.set(policy_.org,
                 bylaw::Entity{.type = "Organization", .id = "contoso-eng", .in = {}, .attributes = organization});
    request_.set(policy_.now, kNow);
    // A failed `set` sticks: `decide` then answers Invalid, whether anyone looks at its Status or not.
  }

  std::string reasons() const {
    std::string text;
    for (const bylaw::Message& message : bylaw::report(policy_.create, request_, verdict_).messages)
      text += (text.empty() ? "" : "; ") + message.text;
    return text;
  }

  const Policy& policy_;
  std::vector<std::byte> request_memory_, verdict_memory_;
  bylaw::Request request_;
  bylaw::Verdict verdict_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: token_service BUNDLE\n"), 1;
  const bylaw::Bundle bundle = or_exit(bylaw::Bundle::open(argv[1]));
  const bylaw::World world = or_exit(bylaw::World::link(bundle, bylaw::Entities::none()));
  const Policy policy(world);

  const std::vector<TokenRequest> queue = {
      {"bo", {}, {"vso.packaging"}, false, days(30)},                      // packaging stays open
      {"bo", {}, {"vso.code"}, false, days(30)},                           // not on the list
      {"cho", {"Group::build-engineers"}, {"vso.code"}, false, days(30)},  // on the list
      {"cho", {"Group::build-engineers"}, {"vso.code"}, false, days(91)},  // too long for the tenant
      {"cho", {"Group::build-engineers"}, {"vso.new"}, false, days(30)},   // no such scope
      {"", {}, {"vso.code"}, false, days(30)},                             // no such user: invalid
  };

  constexpr int kThreads = 4, kRounds = 1000;
  std::atomic<int> created{0}, refused{0}, invalid{0};
  std::vector<std::thread> threads;
  for (int n = 0; n < kThreads; ++n)
    threads.emplace_back([&] {
      Desk desk(policy);
      for (int round = 0; round < kRounds; ++round)
        for (const TokenRequest& asked : queue) {
          const int status = desk.answer(asked).first;
          ++(status == 201 ? created : status == 403 ? refused : invalid);
        }
    });
  for (std::thread& thread : threads) thread.join();

  Desk desk(policy);
  for (const TokenRequest& asked : queue) {
    const auto [status, body] = desk.answer(asked);
    std::printf("%d  %-4s %-14s %s\n", status, asked.user.c_str(), asked.scopes[0].c_str(), body.c_str());
  }
  std::printf("%d threads: %d created, %d refused, %d invalid\n", kThreads, created.load(), refused.load(),
              invalid.load());
  return created == 2 * kThreads * kRounds && refused == 3 * kThreads * kRounds ? 0 : 1;
}
