#include "entity_document.h"

#include <bylaw/grammar/diagnostics/scenarios.h>
#include <bylaw/bylaw.hpp>
#include <bylaw/report.hpp>

#include "entity_csv.h"
#include "json_members.h"
#include "merge.h"

namespace bylaw::runner {
namespace {

/// `{$json: text}`, which reaches the engine as it is.
YamlNode json_node(std::string_view text, Span place) {
  YamlEntry entry;
  entry.key = "$json";
  entry.key_span = place;
  entry.value.style = compiler::YamlStyle::Quoted;
  entry.value.text = std::string(text);
  entry.value.span = place;
  YamlNode node = empty_map(place);
  node.entries.push_back(std::move(entry));
  return node;
}

YamlEntry entry_of(std::string_view text, const JsonMember& member, Span place) {
  YamlEntry entry;
  entry.key = member.key;
  entry.key_span = place;
  entry.value = json_node(text.substr(member.value_begin, member.value_end - member.value_begin), place);
  return entry;
}

/// What was given of each entity when the snapshot was made: what it worked out is worked out again.
std::optional<YamlNode> read_snapshot(Context& context, grammar::SourceId source) {
  const Span place{source, 0, 5};
  if (context.bundle == nullptr) return std::nullopt;
  const std::string_view bytes = context.sources[source].bytes();
  const Result<Entities> entities = Entities::from(std::as_bytes(std::span(bytes)));
  const Result<World> world = entities ? World::link(*context.bundle, *entities) : Result<World>(entities.error());
  if (!world) {
    context.report(codes::EntityRefused, place,
                   {{"text", world.error().text}, {"code", std::string(world.error().code)}});
    return std::nullopt;
  }
  const std::string text = entities_to_json(*world);
  YamlNode document = empty_map(place);
  for (const JsonMember& entity : json_members(text, 0)) {
    YamlEntry entry;
    entry.key = entity.key;
    entry.key_span = place;
    entry.value = empty_map(place);
    for (const JsonMember& attribute : json_members(text, entity.value_begin))
      entry.value.entries.push_back(entry_of(text, attribute, place));
    document.entries.push_back(std::move(entry));
  }
  return document;
}

}  // namespace

std::optional<YamlNode> read_entity_document(Context& context, grammar::SourceId source) {
  const std::string& path = context.sources[source].path();
  if (path.ends_with(".csv")) return read_entity_csv(context, source);
  if (path.ends_with(".bylaws")) return read_snapshot(context, source);
  std::optional<YamlNode> document = compiler::read_yaml(context.sources, source, context.diagnostics);
  if (!document || (document->is_scalar() && !document->has_text())) return std::nullopt;
  if (document->is_map()) return document;
  context.report(codes::WrongShape, document->place(),
                 {{"key", path}, {"seen", describe(*document)}, {"wanted", "a map of entities"}});
  return std::nullopt;
}

}  // namespace bylaw::runner
