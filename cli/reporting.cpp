#include "reporting.h"

#include <bylaw/grammar/diagnostic.h>
#include <fmt/format.h>

#include <algorithm>

#include "command_line.h"

namespace bylaw::cli {
namespace fs = std::filesystem;

std::string report_names() {
  std::string names;
  for (const runner::ReportFormat& format : runner::reports())
    names += (names.empty() ? "" : ", ") + std::string(format.name);
  return names;
}

std::optional<int> read_reports(const std::vector<std::string>& words, std::vector<WantedReport>& wanted) {
  for (const std::string& word : words) {
    const std::size_t sign = word.find('=');
    const std::string name = word.substr(0, sign);
    const runner::ReportFormat* format = runner::find_report(name);
    if (format == nullptr) {
      std::vector<std::string> names;
      for (const runner::ReportFormat& known : runner::reports()) names.emplace_back(known.name);
      const std::string meant = grammar::nearest(name, names);
      return usage_error(fmt::format("there is no report `{}`{}", name,
                                     meant.empty() ? "" : fmt::format("; did you mean `{}`?", meant)),
                         "the reports are " + report_names());
    }
    if (sign == std::string::npos || sign + 1 == word.size())
      return usage_error(fmt::format("--report `{}` says no file", word),
                         fmt::format("--report {0}={0}.out, or {0}=-", name));
    wanted.push_back({format, word.substr(sign + 1)});
  }
  for (std::size_t i = 0; i < wanted.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (wanted[i].file == wanted[j].file)
        return usage_error(fmt::format("two reports are to be written to `{}`", wanted[i].file));
  return std::nullopt;
}

bool takes_standard_output(const std::vector<WantedReport>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [](const WantedReport& one) { return one.file == "-"; });
}

std::string repository_prefix(const fs::path& project) {
  std::error_code error;
  for (fs::path folder = project; !folder.empty(); folder = folder.parent_path()) {
    if (fs::exists(folder / ".git", error)) {
      const std::string inside = project.lexically_relative(folder).generic_string();
      return inside == "." ? "" : inside + "/";
    }
    if (folder == folder.parent_path()) break;
  }
  return "";
}

void add_outputs(const std::vector<WantedReport>& wanted, std::vector<Output>& outputs) {
  for (const WantedReport& one : wanted) outputs.push_back({one.file});
}

bool write_reports(const std::vector<WantedReport>& wanted, const runner::RunResult& result, const Loaded& loaded,
                   const runner::ReportOptions& options) {
  bool written = true;
  for (const WantedReport& one : wanted) {
    const std::string text = one.format->write(result, loaded.project.input.sources, options);
    if (one.file == "-")
      fmt::print("{}", text);
    else
      written = write_output({one.file}, text, loaded) && written;
  }
  return written;
}

}  // namespace bylaw::cli
