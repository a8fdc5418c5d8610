#include "yaml_writer.h"

#include <bylaw/grammar/display_width.h>

#include <algorithm>

#include "block_scalar.h"
#include "layout.h"

namespace bylaw::formatter {
namespace {

using grammar::display_width;
using Kind = YamlToken::Kind;

constexpr std::uint32_t kStep = 2;

/// A mapping or sequence in block form that is open.
struct Level {
  std::uint32_t written;  // the column where the author has it
  std::uint32_t column;   // where it comes to stand
  bool sequence;
  bool table = false;
  std::vector<std::uint32_t> widths = {};  // of a table's columns, once its first row is there
};

/// A bracket that is open.
struct Bracket {
  std::uint32_t inside;   // where lines inside of it begin
  std::uint32_t closing;  // where a line begins that closes it
};

std::uint32_t last_line(const YamlToken& token) {
  return token.line + static_cast<std::uint32_t>(std::count(token.text.begin(), token.text.end(), '\n'));
}

bool blank_between(const YamlToken& left, const YamlToken& right) {
  if (right.kind == Kind::Colon) return left.kind == Kind::Word;  // `*alias : value`
  return right.kind != Kind::Comma && right.kind != Kind::Close && left.kind != Kind::Open;
}

class Writer {
 public:
  explicit Writer(const std::vector<YamlToken>& tokens) : tokens_(tokens) {}

  Lines run() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) step();
    end_line();
    flush_comments(levels_, 0, 0);
    return std::move(lines_);
  }

 private:
  const YamlToken& token() const { return tokens_[at_]; }
  bool begins_line(std::size_t at) const { return at == 0 || tokens_[at].line > last_line(tokens_[at - 1]); }

  void step() {
    if (!begins_line(at_)) return put();
    end_line();
    if (brackets_.empty() && token().kind == Kind::Comment) return comments_.push_back(at_);
    if (brackets_.empty()) return begin_block_line();
    if (blank_line_before(at_)) break_lines();
    line_.assign(token().kind == Kind::Close ? brackets_.back().closing : brackets_.back().inside, ' ');
    put();
  }

  bool blank_line_before(std::size_t at) const { return at > 0 && tokens_[at].line > last_line(tokens_[at - 1]) + 1; }

  void break_lines() {
    lines_.blank();
    comment_group_ = 0;
  }

  // --- lines in block form ---

  void begin_block_line() {
    const std::vector<Level> before = levels_;
    const std::uint32_t written = token().column;
    enter(written, token().kind == Kind::Dash);
    flush_comments(before, written, levels_.back().column);
    if (blank_line_before(at_)) break_lines();
    line_.assign(levels_.back().column, ' ');
    if (levels_.back().table && write_row()) return;
    put();
    // What stands behind a dash is a level of its own.
    while (tokens_[at_].kind == Kind::Dash && at_ + 1 < tokens_.size() && !begins_line(at_ + 1) &&
           tokens_[at_ + 1].kind != Kind::Comment) {
      ++at_;
      levels_.push_back({token().column, levels_.back().column + kStep, token().kind == Kind::Dash});
      put();
    }
    note_key();
  }

  void enter(std::uint32_t written, bool dash) {
    while (!levels_.empty() && levels_.back().written > written) levels_.pop_back();
    while (!dash && !levels_.empty() && levels_.back().written == written && levels_.back().sequence)
      levels_.pop_back();  // a sequence may stand in the column of its key
    const bool open = !levels_.empty() && levels_.back().written == written && levels_.back().sequence == dash;
    if (!open)
      levels_.push_back({written, levels_.empty() ? 0 : levels_.back().column + kStep, dash, dash && table_follows_});
    table_follows_ = false;
  }

  /// Whether the line at `at_` is the key of a table.
  void note_key() {
    const bool is_key = token().kind == Kind::Scalar && at_ + 1 < tokens_.size() &&
                        tokens_[at_ + 1].kind == Kind::Colon && (token().text == "table" || token().text == "grid");
    table_follows_ = is_key && (at_ + 2 == tokens_.size() || begins_line(at_ + 2));
  }

  /// Comments stand where the line does that follows them, if the author has them in its column; else at the level to
  /// which their column belongs.
  void flush_comments(const std::vector<Level>& before, std::uint32_t written, std::uint32_t column) {
    for (const std::size_t at : comments_) {
      const YamlToken& comment = tokens_[at];
      std::uint32_t place = column;
      if (comment.column != written) {
        const auto level = std::find_if(before.rbegin(), before.rend(),
                                        [&](const Level& candidate) { return candidate.written <= comment.column; });
        const bool leads_deeper = level == before.rbegin() && level != before.rend() &&
                                  comment.column > level->written && written > level->written;
        if (level != before.rend() && !leads_deeper) place = level->column;
      }
      if (blank_line_before(at)) break_lines();
      lines_.add(place, comment.text);
      comment_group_ = 0;
    }
    comments_.clear();
  }

  // --- tables ---

  /// The end of a line `- [..]` that begins at `at`, comment excluded; 0 if it is no such line.
  std::size_t row_end(std::size_t at) const {
    if (at + 2 >= tokens_.size() || tokens_[at].kind != Kind::Dash || tokens_[at + 1].text != "[") return 0;
    std::size_t depth = 0;
    for (std::size_t i = at + 1; i < tokens_.size() && tokens_[i].line == tokens_[at].line; ++i) {
      if (last_line(tokens_[i]) > tokens_[i].line) return 0;
      if (tokens_[i].kind == Kind::Open) ++depth;
      if (tokens_[i].kind != Kind::Close || --depth != 0) continue;
      const bool last = i + 1 == tokens_.size() || begins_line(i + 1) || tokens_[i + 1].kind == Kind::Comment;
      return last ? i + 1 : 0;
    }
    return 0;
  }

  std::vector<std::string> cells(std::size_t at, std::size_t end) const {
    std::vector<std::string> result(1);
    std::size_t depth = 0;
    for (std::size_t i = at + 2; i + 1 < end; ++i) {
      const YamlToken& t = tokens_[i];
      if (t.kind == Kind::Comma && depth == 0) {
        if (i + 2 < end) result.emplace_back();
        continue;
      }
      if (t.kind == Kind::Comma && tokens_[i + 1].kind == Kind::Close) continue;
      if (!result.back().empty() && blank_between(tokens_[i - 1], t)) result.back() += ' ';
      result.back() += t.text;
      if (t.kind == Kind::Open) ++depth;
      if (t.kind == Kind::Close) --depth;
    }
    return result;
  }

  void measure_table() {
    Level& level = levels_.back();
    for (std::size_t at = at_; at < tokens_.size(); ++at) {
      if (!begins_line(at) || tokens_[at].kind == Kind::Comment) continue;
      const bool inside =
          tokens_[at].column > level.written || (tokens_[at].column == level.written && tokens_[at].kind == Kind::Dash);
      if (!inside) return;
      const std::size_t end = row_end(at);
      if (end == 0) continue;
      const std::vector<std::string> row = cells(at, end);
      level.widths.resize(std::max(level.widths.size(), row.size()));
      for (std::size_t i = 0; i < row.size(); ++i) level.widths[i] = std::max(level.widths[i], display_width(row[i]));
    }
  }

  bool write_row() {
    const std::size_t end = row_end(at_);
    if (end == 0) return false;
    if (levels_.back().widths.empty()) measure_table();
    const std::vector<std::uint32_t>& widths = levels_.back().widths;
    const std::vector<std::string> row = cells(at_, end);
    line_ += "- [";
    for (std::size_t i = 0; i < row.size(); ++i)
      line_ += i + 1 < row.size() ? padded(row[i] + ",", widths[i] + 2) : row[i];
    const std::uint32_t to_bracket = widths.back() - display_width(row.back());
    if (row.size() == widths.size() && display_width(line_) + to_bracket < kWidth) line_.append(to_bracket, ' ');
    line_ += "]";
    at_ = end - 1;
    return true;
  }

  // --- what stands on a line ---

  void put() {
    const YamlToken& t = token();
    const bool last_on_line = at_ + 1 == tokens_.size() || begins_line(at_ + 1);
    if (t.kind == Kind::Comment) {
      comment_ = t.text;
      if (line_.find_first_not_of(' ') == std::string::npos) {  // the whole line, inside of brackets
        line_ += comment_;
        comment_ = {};
      }
      return;
    }
    if (t.kind == Kind::Comma && !last_on_line && tokens_[at_ + 1].kind == Kind::Close) return;
    const bool first = line_.find_first_not_of(' ') == std::string::npos;
    if (!first && blank_between(tokens_[at_ - 1], t)) line_ += ' ';
    if (t.kind == Kind::Close && !brackets_.empty()) brackets_.pop_back();
    if (t.kind == Kind::BlockScalar) return put_block(t);
    put_text(t);
    if (t.kind != Kind::Open) return;
    const std::uint32_t base = brackets_.empty() ? levels_.back().column : brackets_.back().inside;
    const std::uint32_t here = display_width(line_);
    const bool hangs = last_on_line || tokens_[at_ + 1].kind == Kind::Comment;
    brackets_.push_back(hangs ? Bracket{base + kStep, base} : Bracket{here, here - 1});
  }

  /// Further lines of a scalar are folded by YAML, so their indentation means nothing.
  void put_text(const YamlToken& t) {
    const std::uint32_t indent = brackets_.empty() ? levels_.back().column + kStep : brackets_.back().inside;
    std::string_view rest = t.text;
    for (std::size_t end; (end = rest.find('\n')) != std::string_view::npos;) {
      line_ += rest.substr(0, end);
      lines_.add(0, line_.find_first_not_of(' ') == std::string::npos ? std::string() : line_);
      rest.remove_prefix(end + 1);
      rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
      line_.assign(indent, ' ');
    }
    line_ += rest;
  }

  /// The lines of a block keep their indentation among each other; its last line too is written here.
  void put_block(const YamlToken& t) {
    const std::string_view header = t.text.substr(0, t.text.find('\n'));
    std::string_view rest = t.text.substr(std::min(header.size() + 1, t.text.size()));
    std::size_t written = rest.find_first_not_of("\n ");
    written = written == std::string_view::npos ? 0 : written - (rest.rfind('\n', written) + 1);
    std::uint32_t column = levels_.back().column + kStep;
    if (const std::size_t deeper = block_header(header).deeper; deeper != 0) {
      // What stands behind a dash is a level of its own, but the dash counts.
      const bool item = tokens_[at_ - 1].kind == Kind::Dash && levels_.size() > 1;
      const Level& parent = levels_[levels_.size() - (item ? 2 : 1)];
      written = parent.written + deeper;
      column = parent.column + static_cast<std::uint32_t>(deeper);
    }
    line_ += header.substr(0, header.find_last_not_of(" \t") + 1);
    const bool more = t.text.size() > header.size();
    for (bool last = !more; !last;) {
      const std::string_view text = rest.substr(0, rest.find('\n'));
      last = text.size() == rest.size();
      rest.remove_prefix(std::min(text.size() + 1, rest.size()));
      lines_.add(0, line_);
      const std::size_t blanks = std::min(text.find_first_not_of(' '), text.size());
      line_ = text.size() <= written && blanks == text.size() ? std::string() : std::string(column, ' ');
      line_ += text.substr(std::min(written, blanks));
    }
    lines_.add(0, line_);
    line_.clear();
  }

  void end_line() {
    if (line_.empty() && comment_.empty()) return;
    const std::size_t indent = line_.find_first_not_of(' ');
    if (comment_group_ == 0 || indent != comment_indent_) comment_group_ = lines_.new_group();
    comment_indent_ = indent;
    lines_.add(0, line_, comment_, comment_group_);
    line_.clear();
    comment_ = {};
  }

  const std::vector<YamlToken>& tokens_;
  std::size_t at_ = 0;
  Lines lines_;
  std::vector<Level> levels_;
  std::vector<Bracket> brackets_;
  std::string line_;                   // that is being written
  std::string_view comment_;           // at its end
  std::vector<std::size_t> comments_;  // on lines of their own, before the next line
  std::uint32_t comment_group_ = 0;    // lines of one indentation without a break share the column of their comments
  std::size_t comment_indent_ = 0;
  bool table_follows_ = false;
};

}  // namespace

Lines write_yaml(const std::vector<YamlToken>& tokens) {
  return Writer(tokens).run();
}

}  // namespace bylaw::formatter
