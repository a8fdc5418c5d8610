#include <bylaw/compiler/project.h>
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "data/project_file.h"
#include "data/walk.h"

namespace fs = std::filesystem;
using namespace bylaw;
using compiler::LoadStatus;

namespace {

using Files = std::map<std::string, std::string>;

/// A folder that is there for one test. It counts as a git root, so that nothing above it is looked at.
class Folder {
 public:
  explicit Folder(const Files& files) {
    std::string pattern = (fs::temp_directory_path() / "bylaw-project-XXXXXX").string();
    path_ = fs::canonical(mkdtemp(pattern.data()));
    fs::create_directory(path_ / ".git");
    for (const auto& [name, bytes] : files) write(name, bytes);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& bytes) {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  void link(const std::string& name, const fs::path& target) { fs::create_symlink(target, path_ / name); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Loaded {
  compiler::Project project;
  grammar::Diagnostics diagnostics;
  std::string problem;
  LoadStatus status;

  explicit Loaded(const fs::path& path) { status = compiler::load_project(path, project, diagnostics, problem); }

  /// "E0701 bylaw.yaml:1:12" a mistake.
  std::string told() const {
    std::string text;
    for (const auto& diagnostic : diagnostics.sorted(project.input.sources)) {
      const auto& file = project.input.sources[diagnostic.span.source];
      const auto place = file.place(diagnostic.span.begin);
      text += (text.empty() ? "" : " ") + std::string(grammar::info(diagnostic.code).id) + " " + file.path() + ":" +
              std::to_string(place.line) + ":" + std::to_string(place.column);
    }
    return text;
  }
  /// "pat=policies/pat.bylaw" a module.
  std::string modules() const {
    std::string text;
    for (const auto& module : project.input.modules)
      text += (text.empty() ? "" : " ") + module.module_name + "=" + project.input.sources[module.source].path();
    return text;
  }
  std::string data() const {
    std::string text;
    for (const auto& file : project.input.data)
      text += (text.empty() ? "" : " ") + project.input.sources[file.source].path() + (file.unread ? "?" : "");
    return text;
  }
  std::string scenarios() const {
    std::string text;
    for (const auto& file : project.scenario_files) text += (text.empty() ? "" : " ") + file;
    return text;
  }
};

const std::string kUsers = "module m\nallowlist l: String from \"";

}  // namespace

TEST_CASE("project: roots, module names, scenario files, data") {
  const Folder folder(Files{
      {"bylaw.yaml", "policies: [policies]\nscenarios: [scenarios]\nentities: [e/d.yaml]\nexclude: [elsewhere]\n"},
      {"policies/b.bylaw", "module b\nallowlist l: String from \"../lists/l.csv\"\n"},
      {"policies/a/c.bylaw", "module a.c\nallowlist l: String from \"/lists/l.csv\"\n"},
      {"policies/.hidden/x.bylaw", ""},
      {"policies/other/bylaw.yaml", ""},
      {"policies/other/x.bylaw", ""},
      {"elsewhere/y.bylaw", ""},
      {"lists/l.csv", "entry\n"},
      {"e/d.yaml", ""},
      {"scenarios/s.scenarios.yaml", ""},
      {"scenarios/a/t.scenarios.yaml", ""},
      {"scenarios/s.fixtures.yaml", ""}});
  const Loaded loaded(folder.path());
  CHECK(loaded.told() == "");
  CHECK(loaded.status == LoadStatus::Loaded);
  CHECK(loaded.modules() == "a.c=policies/a/c.bylaw b=policies/b.bylaw");
  CHECK(loaded.data() == "lists/l.csv");
  CHECK(loaded.scenarios() == "scenarios/a/t.scenarios.yaml scenarios/s.scenarios.yaml");
  CHECK(loaded.project.entity_files == std::vector<std::string>{"e/d.yaml"});
  CHECK(loaded.project.not_entered ==
        std::vector<std::string>{"policies/.hidden (a dot folder)", "policies/other (a project of its own)"});
  CHECK(loaded.project.has_file);
  CHECK(loaded.project.folder == folder.path());
}

TEST_CASE("project: found upwards, a file means the whole project") {
  const Folder folder(
      Files{{"bylaw.yaml", "policies: [p]\n"}, {"p/a.bylaw", "module a\n"}, {"p/b.bylaw", "module b\n"}});
  for (const char* path : {"", "p", "p/a.bylaw"}) {
    CAPTURE(std::string(path));
    CHECK(Loaded(folder.path() / path).modules() == "a=p/a.bylaw b=p/b.bylaw");
  }
}

TEST_CASE("project: the search stops at the git root") {
  const Folder folder(
      {{"bylaw.yaml", "policies: [p]\n"}, {"p/a.bylaw", ""}, {"sub/.git/x", ""}, {"sub/b.bylaw", "module b\n"}});
  const Loaded loaded(folder.path() / "sub");
  CHECK(loaded.modules() == "b=b.bylaw");
  CHECK(!loaded.project.has_file);
}

TEST_CASE("project: a file without a project brings its imports") {
  const Folder folder(Files{{"x/a/b.bylaw", "module a.b\nimport c.d.{e}\nimport f\n"},
                            {"x/c/d.bylaw", "module c.d\nimport g\n"},
                            {"x/f.bylaw", "module f\nimport std.identity.{User}\nimport f\n"},
                            {"x/g.bylaw", "module g\nimport gone\n"},
                            {"x/unrelated.bylaw", ""}});
  const Loaded loaded(folder.path() / "x/a/b.bylaw");
  CHECK(loaded.told() == "");
  CHECK(loaded.project.single_file);
  CHECK(loaded.project.folder == folder.path() / "x");
  CHECK(loaded.modules() == "=a/b.bylaw c.d=c/d.bylaw f=f.bylaw g=g.bylaw");
}

TEST_CASE("project: what is missing or misspelt is an error with its place") {
  struct Case {
    Files files;
    const char* expected;
  };
  const Case cases[] = {
      {{{"bylaw.yaml", "policies: [p]\n"}}, "E0701 bylaw.yaml:1:12"},
      {{{"bylaw.yaml", "policies: [p]\n"}, {"p/x.txt", ""}}, "E0702 bylaw.yaml:1:12"},
      {{{"bylaw.yaml", "policies: []\n"}}, "E0713 bylaw.yaml:1:1"},
      {{{"bylaw.yaml", "policies: [m.bylaw]\n"}, {"m.bylaw", ""}}, "E0705 bylaw.yaml:1:12"},
      {{{"bylaw.yaml", "policies: [../p]\n"}}, "E0703 bylaw.yaml:1:12"},
      {{{"bylaw.yaml", "policies: [p, p/q]\n"}, {"p/q/m.bylaw", ""}, {"p/n.bylaw", ""}}, "E0709 bylaw.yaml:1:15"},
      {{{"bylaw.yaml", "policies: [p, p]\n"}, {"p/m.bylaw", ""}}, "E0709 bylaw.yaml:1:15"},
      {{{"bylaw.yaml", "scenarios: [s]\n"}, {"m.bylaw", ""}}, "E0701 bylaw.yaml:1:13"},
      {{{"bylaw.yaml", "entities: [e.yaml]\n"}, {"m.bylaw", ""}}, "E0701 bylaw.yaml:1:12"},
      {{{"m.bylaw", ""}, {"n.bylw", ""}}, "E0704 n.bylw:1:1"},
      {{{"m.bylaw", ""}, {"n.BYLAW", ""}}, "E0704 n.BYLAW:1:1"},
      {{{"m.bylaw", ""}, {"n.bylaw.txt", ""}}, "E0704 n.bylaw.txt:1:1"},
      {{{"m.bylaw", ""}, {"s.scenario.yaml", ""}}, "E0704 s.scenario.yaml:1:1"},
      {{{"m.bylaw", ""}, {"s.scenarios.yml", ""}}, "E0704 s.scenarios.yml:1:1"},
      {{{"m-x.bylaw", ""}}, "E0710 m-x.bylaw:1:1"},
      {{{"m.bylaw", kUsers + "l.csv\"\n"}}, "E0701 m.bylaw:2:26"},
      {{{"m.bylaw", kUsers + "../l.csv\"\n"}}, "E0703 m.bylaw:2:26"},
      {{{"m.bylaw", kUsers + "x\"\n"}, {"x/y", ""}}, "E0705 m.bylaw:2:26"},
      {{{"m.bylaw", kUsers + "\"\n"}}, "E0705 m.bylaw:2:26"},
      {{{"m.bylaw", kUsers + "x/..\"\n"}}, "E0705 m.bylaw:2:26"},
  };
  for (const Case& c : cases) {
    const Folder folder(c.files);
    const Loaded loaded(folder.path());
    CHECK(loaded.told() == std::string(c.expected));
  }
}

TEST_CASE("project: bylaw.yaml is strict") {
  struct Case {
    const char* text;
    const char* expected;
  };
  const Case cases[] = {
      {"", ""},
      {"name: x\nlanguage: 1\nrequires: \">= 0.1\"\n", ""},
      {"polices: [p]\n", "S0101 bylaw.yaml:1:1"},
      {"warnings: {}\n", "S0114 bylaw.yaml:1:1"},
      {"ci: {}\n", ""},
      {"ci: {base: origin/main, new_allow: forbid}\n", ""},
      {"ci: main\n", "E0706 bylaw.yaml:1:5"},
      {"ci: {base: --output=x, new_allow: scenario}\n", "E0706 bylaw.yaml:1:12 E0706 bylaw.yaml:1:35"},
      {"ci: {bas: main}\n", "S0101 bylaw.yaml:1:6"},
      {"expiring: 14d\n", ""},
      {"expiring: 14\n", "E0706 bylaw.yaml:1:11"},
      {"expiring: -1d\n", "E0706 bylaw.yaml:1:11"},
      {"gates: {rules: 100%, conditions: 87.5%, changed_rules: 0%, mutants: 90%}\n", ""},
      {"gates: 90%\n", "E0706 bylaw.yaml:1:8"},
      {"gates: {rules: 90}\n", "E0706 bylaw.yaml:1:16"},
      {"gates: {rules: 101%, guards: -1%, entries: nan%}\n",
       "E0706 bylaw.yaml:1:16 E0706 bylaw.yaml:1:30 E0706 bylaw.yaml:1:44"},
      {"gates: {rule: 90%}\n", "S0101 bylaw.yaml:1:9"},
      {"language: 2\n", "E0707 bylaw.yaml:1:11"},
      {"language: one\n", "E0706 bylaw.yaml:1:11"},
      {"requires: \">= 99\"\n", "E0708 bylaw.yaml:1:11"},
      {"requires: soon\n", "E0706 bylaw.yaml:1:11"},
      {"policies: p\n", "E0706 bylaw.yaml:1:11"},
      {"policies:\n", "E0706 bylaw.yaml:1:1"},
      {"policies: [{a: b}]\n", "E0706 bylaw.yaml:1:12"},
      {"name: [x]\n", "E0706 bylaw.yaml:1:7"},
      {"- x\n", "E0706 bylaw.yaml:1:1"},
      {"name: x\nname: y\n", "S0102 bylaw.yaml:2:1"},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.text));
    const Folder folder(Files{{"bylaw.yaml", c.text}, {"m.bylaw", "module m\n"}});
    const Loaded loaded(folder.path());
    CHECK(loaded.told() == std::string(c.expected));
    CHECK(loaded.status == (*c.expected ? LoadStatus::Refused : LoadStatus::Loaded));
  }
}

TEST_CASE("project: links may not leave it") {
  const Folder outside(Files{{"x.bylaw", "module x\n"}, {"l.csv", "entry\n"}});
  Folder folder(Files{{"m.bylaw", kUsers + "l.csv\"\n"}});
  folder.link("x.bylaw", outside.path() / "x.bylaw");
  folder.link("l.csv", outside.path() / "l.csv");
  CHECK(Loaded(folder.path()).told() == "E0703 m.bylaw:2:26 E0703 x.bylaw:1:1");
  Folder looped(Files{{"m.bylaw", "module m\n"}});
  looped.link("again", looped.path());
  CHECK(Loaded(looped.path()).told().find("E0705") == 0);
}

TEST_CASE("project: folders that link to each other are each entered once") {
  Files files;
  for (char name = 'a'; name <= 'i'; ++name)
    files[std::string{name} + "/" + name + ".bylaw"] = std::string("module ") + name + "." + name + "\n";
  Folder folder(files);
  for (char from = 'a'; from <= 'i'; ++from)  // as many ways as orders of nine names
    for (char to = 'a'; to <= 'i'; ++to)
      if (from != to) folder.link(std::string{from} + "/to_" + to, folder.path() / std::string{to});
  const Loaded loaded(folder.path());
  CHECK(loaded.told() == "");
  CHECK(loaded.project.input.modules.size() == 9);
}

TEST_CASE("project: a module outside of the roots would not count") {
  const Folder folder(
      Files{{"bylaw.yaml", "policies: [p]\nexclude: [q]\n"}, {"p/a.bylaw", "module a\n"}, {"q/b.bylaw", "module b\n"}});
  CHECK(Loaded(folder.path()).told() == "");
  CHECK(Loaded(folder.path() / "q/b.bylaw").told() == "E0711 q/b.bylaw:1:1");
}

TEST_CASE("project: files beside its roots are told, since they look as if they counted") {
  const Folder folder(Files{{"bylaw.yaml", "policies: [p]\nscenarios: [s]\n"},
                            {"p/a.bylaw", "module a\n"},
                            {"s/x.scenarios.yaml", ""},
                            {"p/y.scenarios.yaml", ""},
                            {"z.scenarios.yaml", ""},
                            {"old/b.bylaw", "module b\n"},
                            {".git/c.bylaw", "module c\n"},
                            {"sub/bylaw.yaml", ""},
                            {"sub/d.bylaw", "module d\n"}});
  CHECK(Loaded(folder.path()).told() ==
        "E0717 old/b.bylaw:1:1 E0717 p/y.scenarios.yaml:1:1 E0717 z.scenarios.yaml:1:1");
}

TEST_CASE("project: a project file by another name is not passed over") {
  const Folder folder(Files{{"bylaw.yml", "policies: [p]\n"}, {"a.bylaw", "module a\n"}});
  const Loaded loaded(folder.path());
  CHECK(loaded.status == LoadStatus::Refused);
  CHECK(loaded.told().find("E0712") == 0);
}

TEST_CASE("project: what the command line names and is not there") {
  const Folder folder(Files{{"notes.txt", ""}});
  const Loaded gone(folder.path() / "gone");
  CHECK(gone.status == LoadStatus::Missing);
  CHECK(gone.problem.find("there is no such file or folder") != std::string::npos);
  CHECK(Loaded(folder.path()).problem.find("no *.bylaw file below") == 0);
}

TEST_CASE("project: misspelt suffixes") {
  using compiler::misspelt_suffix;
  using compiler::Wanted;
  for (const char* name : {"a.bylw", "a.BYLAW", "a.bylaw.txt", "a.bylaws", "a.Bylaw"})
    CHECK_MESSAGE(misspelt_suffix(name, Wanted::Modules) == ".bylaw", name);
  for (const char* name : {"a.bylaw", "a.bylawc", "a.bylaw~", "bylaw.yaml", "README.md", "a.scenarios.yaml", "a.law"})
    CHECK_MESSAGE(misspelt_suffix(name, Wanted::Modules) == "", name);
  for (const char* name :
       {"a.scenario.yaml", "a.scenarios.yml", "a.Scenarios.yaml", "a.scenarios.yaml.txt", "a.scenaros.yaml"})
    CHECK_MESSAGE(misspelt_suffix(name, Wanted::Scenarios) == ".scenarios.yaml", name);
  for (const char* name : {"a.scenarios.yaml", "a.fixtures.yaml", "a.yaml", "a.bylaw", "scenarios"})
    CHECK_MESSAGE(misspelt_suffix(name, Wanted::Scenarios) == "", name);
}

TEST_CASE("project: ranges of versions") {
  using compiler::version_fits;
  CHECK(version_fits("0.2.1", ">= 0.2") == true);
  CHECK(version_fits("0.1.9", ">= 0.2") == false);
  CHECK(version_fits("0.3.0", ">= 0.2 < 0.3") == false);
  CHECK(version_fits("0.2.9", ">=0.2 <0.3") == true);
  CHECK(version_fits("1.0.0", "1.0") == true);
  CHECK(version_fits("1.0.0", "> 1") == false);
  for (const char* text : {"", ">=", "x", ">= 1.2.3.4", "1..2", "~ 1", ">= 99999999999"})
    CHECK_MESSAGE(!version_fits("1.0.0", text), text);
}

TEST_CASE("files: whole, and up to a limit") {
  const Folder folder(Files{{"a", std::string(100, 'x')}});
  std::string bytes, problem;
  CHECK(compiler::read_file(folder.path() / "a", 100, bytes, problem));
  CHECK(bytes.size() == 100);
  CHECK(!compiler::read_file(folder.path() / "a", 99, bytes, problem));
  CHECK(problem == "it has more than 99 bytes");
  CHECK(!compiler::read_file(folder.path() / "b", 99, bytes, problem));
  CHECK(problem == "there is no such file");
  CHECK(!compiler::read_file(folder.path(), 99, bytes, problem));
  CHECK(problem == "it is a folder");
  CHECK(compiler::write_file(folder.path() / "c", "new", problem));
  CHECK(compiler::read_file(folder.path() / "c", 99, bytes, problem));
  CHECK(bytes == "new");
  CHECK(!compiler::write_file(folder.path() / "gone/c", "new", problem));
}

TEST_CASE("project: params, in place or in a file of their own") {
  const auto given = [](const Files& files) {
    const Folder folder(files);
    const Loaded loaded(folder.path());
    std::string text = loaded.told();
    for (const auto& layer : loaded.project.input.params)
      for (const auto& param : layer) text += param.name + "=" + param.value.text + ";";
    return text;
  };
  const std::string module = "module a\nparam days: Int = 3\nparam text: String = \"\"\n";
  CHECK(given({{"bylaw.yaml", ""}, {"a.bylaw", module}}) == "");
  CHECK(given({{"bylaw.yaml", "params: {days: 7, text: x}\n"}, {"a.bylaw", module}}) == "days=7;text=x;");
  CHECK(given({{"bylaw.yaml", "params:\n"}, {"a.bylaw", module}}) == "");
  CHECK(given({{"bylaw.yaml", "params: p/prod.yaml\n"}, {"p/prod.yaml", "days: 7\n"}, {"a.bylaw", module}}) ==
        "days=7;");
  CHECK(given({{"bylaw.yaml", "params: p/prod.yaml\n"}, {"p/prod.yaml", ""}, {"a.bylaw", module}}) == "");
  CHECK(given({{"bylaw.yaml", "params: p/prod.yaml\n"}, {"a.bylaw", module}}) == "E0701 bylaw.yaml:1:9");
  CHECK(given({{"bylaw.yaml", "params: ../prod.yaml\n"}, {"a.bylaw", module}}) == "E0703 bylaw.yaml:1:9");
  CHECK(given({{"bylaw.yaml", "params: [days]\n"}, {"a.bylaw", module}}) == "E0809 bylaw.yaml:1:9");
  CHECK(given({{"bylaw.yaml", "params: p.yaml\n"}, {"p.yaml", "- days\n"}, {"a.bylaw", module}}) == "E0809 p.yaml:1:1");
}

TEST_CASE("project: dependencies bring their modules, once, and nothing else") {
  const Folder folder(Files{{"team/bylaw.yaml", "dependencies: {shared: ../shared, ground: ../base}\n"},
                            {"team/a.bylaw", "module a\n"},
                            {"shared/bylaw.yaml",
                             "policies: [p]\nexclude: [p/old]\ndependencies: {base: ../base}\nscenarios: [s]\n"
                             "params: {days: 3}\nentities: [e.yaml]\n"},
                            {"shared/p/gates.bylaw", "module gates\nallowlist l: String from \"../lists/l.csv\"\n"},
                            {"shared/p/old/x.bylaw", "module x\n"},
                            {"shared/outside.bylaw", "module outside\n"},
                            {"shared/lists/l.csv", "entry\nx\n"},
                            {"shared/s/s.scenarios.yaml", ""},
                            {"shared/e.yaml", ""},
                            {"base/bylaw.yaml", ""},
                            {"base/people.bylaw", "module people\n"}});
  const Loaded loaded(folder.path() / "team");
  CHECK(loaded.told() == "");
  CHECK(loaded.modules() == "people=../base/people.bylaw gates=../shared/p/gates.bylaw a=a.bylaw");
  CHECK(loaded.data() == "../shared/lists/l.csv");
  CHECK(loaded.scenarios() == "");
  CHECK(loaded.project.entity_files.empty());
  CHECK(loaded.project.input.params.empty());
  const auto& projects = loaded.project.input.projects;
  REQUIRE(projects.size() == 3);
  CHECK(projects[1].prefix == "ground");
  CHECK(projects[1].folder == "../base");
  CHECK(projects[2].prefix == "shared");
  CHECK(projects[2].dependencies.at("base") == 1);
  CHECK(loaded.project.not_entered == std::vector<std::string>{"../shared/p/old (excluded)"});
}

TEST_CASE("project: dependencies that cannot be taken are told in their place") {
  const auto told = [](const std::string& dependencies, const Files& more = {}) {
    Files files{{"team/bylaw.yaml", "dependencies: " + dependencies + "\n"}, {"team/a.bylaw", "module a\n"}};
    files.insert(more.begin(), more.end());
    const Folder folder(files);
    return Loaded(folder.path() / "team").told();
  };
  const Files shared{{"shared/bylaw.yaml", ""}, {"shared/x.bylaw", "module x\n"}};
  CHECK(told("{shared: ../shared}", shared) == "");
  CHECK(told("{shared: ../shared/}", shared) == "");
  CHECK(told("{shared: ../sahred}", shared) == "E0701 bylaw.yaml:1:24");
  CHECK(told("{shared: ../plain}", {{"plain/x.bylaw", ""}}) == "E0715 bylaw.yaml:1:24");
  CHECK(told("{std: ../shared}", shared) == "E0714 bylaw.yaml:1:16");
  CHECK(told("{a-b: ../shared}", shared) == "E0714 bylaw.yaml:1:16");
  CHECK(told("{a: ../shared}", shared) == "E0714 bylaw.yaml:1:16");  // module `a` begins so
  CHECK(told("[../shared]", shared) == "E0706 bylaw.yaml:1:15");
  CHECK(told("{shared: [x]}", shared) == "E0706 bylaw.yaml:1:24");
  CHECK(told("{shared: /shared}", shared) == "E0706 bylaw.yaml:1:24");
  CHECK(told("{shared: ../shared}", {{"shared/bylaw.yaml", "policies: [gone]\n"}}) ==
        "E0701 ../shared/bylaw.yaml:1:12");
  CHECK(told("{shared: ../shared}", {{"shared/bylaw.yaml", "policies: [../team]\n"}}) ==
        "E0703 ../shared/bylaw.yaml:1:12");
  CHECK(told("{shared: ../shared}", {{"shared/bylaw.yaml", ""},
                                     {"shared/x.bylaw", "module x\nallowlist l: String from \"../team/l.csv\"\n"},
                                     {"team/l.csv", "entry\n"}}) == "E0703 ../shared/x.bylaw:2:26");
  CHECK(told("{shared: ../shared}", {{"shared/bylaw.yaml", ""}, {"shared/x.bylw", ""}}) ==
        "E0704 ../shared/x.bylw:1:1");
}

TEST_CASE("project: a circle of dependencies is told with its projects") {
  const auto rendered = [](const std::string& shared) {
    const Folder folder(Files{{"team/bylaw.yaml", "name: team\ndependencies: {shared: ../shared}\n"},
                              {"team/a.bylaw", "module a\n"},
                              {"shared/bylaw.yaml", shared},
                              {"shared/x.bylaw", "module x\n"},
                              {"base/bylaw.yaml", "dependencies: {back: ../shared}\n"},
                              {"base/y.bylaw", "module y\n"}});
    const Loaded loaded(folder.path() / "team");
    std::string text = loaded.told();
    for (const auto& diagnostic : loaded.diagnostics.all()) text += "  " + diagnostic.text;
    return text;
  };
  const std::string depend = "these projects depend on each other: ";
  CHECK(rendered("dependencies: {team: ../team}\n") ==
        "E0716 ../shared/bylaw.yaml:1:22  " + depend + "`team` -> `shared` -> `team`");
  CHECK(rendered("dependencies: {base: ../base}\n") ==
        "E0716 ../base/bylaw.yaml:1:22  " + depend + "`shared` -> `base` -> `shared`");
  CHECK(rendered("dependencies: {self: .}\n") == "E0716 ../shared/bylaw.yaml:1:22  " + depend + "`shared` -> `shared`");
}
