#include "verify.h"

namespace bylaw {

using namespace format;

bool TableCheck::fail(Fault fault) {
  if (!fault_) fault_ = std::move(fault);
  return false;
}

bool TableCheck::fail(std::string_view what) {
  const std::string index = std::to_string(index_);
  const char* section = kSections[static_cast<std::size_t>(section_)].name;
  return fail(Fault{Code::BadTable, text(Code::BadTable, {{"section", section}, {"index", index}, {"what", what}})});
}

bool TableCheck::fail_beyond(std::string_view what) {
  return fail(std::string(what) + ": beyond the table");
}

bool TableCheck::fail_gap(std::string_view what) {
  return fail(std::string(what) + ": not where the last ended");
}

std::optional<Fault> verify(std::span<const std::byte> bytes, BundleView& bundle, std::vector<DecisionBounds>& bounds) {
  if (auto fault = read_container(bytes, bundle)) return fault;
  TableCheck check(bundle);
  if (!(verify_types(check) && verify_patterns(check) && verify_constants(check) && verify_layout_hash(check) &&
        verify_lists(check) && verify_policies(check) && verify_debug(check)))
    return check.fault();
  return verify_code(bundle, bounds);
}

}  // namespace bylaw
