// A checked program to the bytes of its bundle: IR, tables, and what says where they came from.

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "analysis/lint_always.h"
#include "format/checksum.h"
#include "lower/program.h"
#include "write/sha256.h"

namespace bylaw::compiler {
namespace {

using lowering::Symbols;

constexpr const char* kCompiler = "bylaw " BYLAW_VERSION;

std::vector<SourceId> files_read(const Program& program, const Input& input) {
  std::vector<SourceId> files;
  for (const Module& module : program.modules) files.push_back(module.source);
  for (const InputFile& data : input.data) files.push_back(data.source);
  const auto path = [&](SourceId id) -> const std::string& { return input.sources[id].path(); };
  std::sort(files.begin(), files.end(), [&](SourceId a, SourceId b) { return path(a) < path(b); });
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

std::vector<Bundle::Param> params_of(const Program& program) {
  std::vector<Bundle::Param> params;
  for (const Constant& constant : program.constants)
    if (constant.param)
      params.push_back({program.qualified(constant),
                        ir::print_value(program, constant_value(program, constant.value), constant.type),
                        constant.value == constant.default_value ? Span{} : program.exprs[constant.value].span});
  std::sort(params.begin(), params.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return params;
}

/// The param that the constant takes its value from, by way of others; none if it is none.
ConstantId param_behind(const Program& program, ConstantId id) {
  while (id && !program.constants[id].param) {
    const Expr& value = program.exprs[program.constants[id].value];
    id = value.kind == ExprKind::ConstantUse ? value.constant : ConstantId{};
  }
  return id;
}

std::vector<Bundle::SetMode> modes_of(const Program& program) {
  constexpr const char* kWords[] = {"enforce", "audit", "off"};
  std::vector<Bundle::SetMode> modes;
  for (const Policy& policy : program.policies)
    if (const ConstantId param = param_behind(program, policy.mode_from))
      modes.push_back({program.qualified(policy), kWords[static_cast<std::size_t>(policy.mode)],
                       program.qualified(program.constants[param])});
  std::sort(modes.begin(), modes.end(), [](const auto& a, const auto& b) { return a.policy < b.policy; });
  return modes;
}

void add_information(const Program& program, const Input& input, Symbols& symbols, format::BundleTables& tables) {
  for (const SourceId id : files_read(program, input)) {
    const grammar::SourceFile& file = input.sources[id];
    format::SourceFileRecord record{.path = symbols.of(file.path()), .sha256 = {}};
    const Sha256 digest = sha256(std::as_bytes(std::span(file.bytes())));
    std::copy(digest.begin(), digest.end(), record.sha256);
    tables.source_files.push_back(record);
  }
  tables.information.push_back({symbols.of(input.project_name), symbols.of(kCompiler), program.modules.size(),
                                program.policies.size(), program.rules.size(), program.lists.size()});
  for (const Bundle::Param& param : params_of(program))
    tables.params.push_back({symbols.of(param.name), symbols.of(param.value)});
}

/// All tables, with the numbers of texts as `symbols` gives them.
format::BundleTables tables_of(const Program& program, const ir::ProgramIr& ir, const Input& input, Symbols& symbols,
                               grammar::Diagnostics& diagnostics) {
  lowering::ProgramLowering lowering(program, ir, input.sources, symbols, diagnostics);
  format::BundleTables tables = std::move(lowering.run());
  add_information(program, input, symbols, tables);
  return tables;
}

/// Fills in the digest over the file, in which both checksum and digest count as zero.
std::string seal(std::vector<std::byte>& file) {
  format::Header header{};
  std::memcpy(&header, file.data(), sizeof header);
  const std::uint64_t checksum = std::exchange(header.checksum, 0);
  std::memcpy(file.data(), &header, sizeof header);
  const Sha256 digest = sha256(file);
  header.checksum = checksum;
  std::copy(digest.begin(), digest.end(), header.sha256);
  std::memcpy(file.data(), &header, sizeof header);
  return hex(digest);
}

}  // namespace

std::optional<Bundle> lower(const Program& program, const Input& input, grammar::Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.errors();
  const ir::ProgramIr ir = ir::elaborate(program, diagnostics);
  if (diagnostics.errors() != errors) return std::nullopt;
  ir::lint_always(program, ir, input.sources, diagnostics);
  Symbols symbols;
  tables_of(program, ir, input, symbols, diagnostics);
  if (diagnostics.errors() != errors) return std::nullopt;
  symbols.number();
  format::BundleTables tables = tables_of(program, ir, input, symbols, diagnostics);
  symbols.write(tables);
  Bundle bundle{.bytes = format::write_bundle(tables)};
  bundle.digest = seal(bundle.bytes);
  bundle.modules = program.modules.size();
  bundle.policies = program.policies.size();
  bundle.rules = program.rules.size();
  bundle.lists = program.lists.size();
  bundle.params = params_of(program);
  bundle.modes = modes_of(program);
  return bundle;
}

std::optional<Bundle> compile(Input& input, grammar::Diagnostics& diagnostics) {
  const Program program = check(input, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  return lower(program, input, diagnostics);
}

}  // namespace bylaw::compiler
