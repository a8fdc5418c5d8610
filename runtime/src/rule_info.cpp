// What a host can ask of a rule: its name, place and annotations.

#include "access.h"
#include "bundle_data.h"
#include "print_value.h"
#include "world_data.h"

namespace bylaw {

using namespace format;

RuleInfo Decision::rule(RuleId id) const {
  const BundleView& view = world_->view();
  if (id.index >= view.rules.size()) std::abort();  // of another bundle
  const RuleRecord& rule = view.rules[id.index];
  RuleInfo told{.name = view.symbol_text(rule.name),
                .short_name = view.symbol_text(rule.short_name),
                .policy = {rule.policy},
                .policy_name = view.symbol_text(view.policies[rule.policy].name),
                .file = {},
                .annotations = {}};
  if (rule.span != kNone) {
    told.file = view.symbol_text(view.spans[rule.span].file);
    told.line = view.spans[rule.span].line;
    told.column = view.spans[rule.span].column;
  }
  const Printer printer(*world_);
  for (const NoteRecord& note : range(view.notes, rule.first_note, rule.note_count))
    told.annotations.push_back(
        {view.symbol_text(note.name),
         note.type == kNone ? "" : printer.print(note.type, world_->constants.data() + note.constant).text});
  return told;
}

}  // namespace bylaw
