#include <bylaw/runner/diagnostics_json.h>

#include <nlohmann/json.hpp>

namespace bylaw::runner {
namespace {

using nlohmann::ordered_json;

void put_place(ordered_json& object, grammar::Span span, const grammar::Sources& sources) {
  if (!span.known()) {
    object["file"] = nullptr;
    for (const char* key : {"line", "column", "end_line", "end_column"}) object[key] = nullptr;
    return;
  }
  const grammar::SourceFile& file = sources[span.source];
  const grammar::LineColumn begin = file.place(span.begin), end = file.place(span.end);
  object["file"] = file.path();
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end_line"] = end.line;
  object["end_column"] = end.column;
}

ordered_json note(const grammar::Note& note, const grammar::Sources& sources) {
  ordered_json object = ordered_json::object();
  put_place(object, note.span, sources);
  object["text"] = note.text;
  return object;
}

ordered_json fix(const grammar::Fix& fix, const grammar::Sources& sources) {
  ordered_json edits = ordered_json::array();
  for (const grammar::Edit& edit : fix.edits) {
    ordered_json object = ordered_json::object();
    put_place(object, edit.span, sources);
    object["replacement"] = edit.replacement;
    edits.push_back(object);
  }
  return {{"text", fix.text}, {"edits", edits}};
}

ordered_json one(const grammar::Diagnostic& diagnostic, const grammar::Sources& sources) {
  const grammar::CodeInfo& code = info(diagnostic.code);
  ordered_json object = {{"code", code.id},
                         {"severity", code.severity == grammar::Severity::Error ? "error" : "warning"}};
  put_place(object, diagnostic.span, sources);
  object["text"] = diagnostic.text;
  object["notes"] = ordered_json::array();
  for (const grammar::Note& n : diagnostic.notes) object["notes"].push_back(note(n, sources));
  object["help"] = diagnostic.help;
  object["fixes"] = ordered_json::array();
  for (const grammar::Fix& f : diagnostic.fixes) object["fixes"].push_back(fix(f, sources));
  return object;
}

}  // namespace

std::string diagnostics_to_json(const std::vector<grammar::Diagnostic>& diagnostics, const grammar::Sources& sources) {
  ordered_json all = ordered_json::array();
  for (const grammar::Diagnostic& diagnostic : diagnostics) all.push_back(one(diagnostic, sources));
  return all.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace bylaw::runner
