#include "layout.h"

#include <bylaw/grammar/display_width.h>

#include <algorithm>
#include <utility>

namespace bylaw::formatter {
namespace {

using Kind = Doc::Kind;
using grammar::display_width;

constexpr std::uint32_t kStep = 2;

struct Frame {
  const Doc* doc;
  std::uint32_t indent;
  bool broken;
  std::size_t item = 0;  // of a Fill: which child is next
};

void push_children(std::vector<Frame>& frames, const Frame& frame, bool broken) {
  for (auto child = frame.doc->children.rbegin(); child != frame.doc->children.rend(); ++child)
    frames.push_back({&*child, frame.indent, broken});
}

/// Whether what `next` says, and what follows it up to where a line may end, fits into `room` columns.
bool fits(const Frame& next, const std::vector<Frame>& rest, std::int64_t room) {
  std::vector<Frame> frames{next};
  for (std::size_t left = rest.size(); room >= 0;) {
    if (frames.empty()) {
      if (left == 0) return true;
      frames.push_back(rest[--left]);
      continue;
    }
    const Frame frame = frames.back();
    frames.pop_back();
    switch (frame.doc->kind) {
      case Kind::Text: room -= display_width(frame.doc->text); break;
      case Kind::IfBroken:
        if (frame.broken) room -= display_width(frame.doc->text);
        break;
      case Kind::Line:
        if (frame.broken) return true;
        --room;
        break;
      case Kind::SoftLine:
        if (frame.broken) return true;
        break;
      case Kind::Fill:
        if (frame.broken && frame.item > 0) return true;  // the next item may begin a line
        for (std::size_t i = frame.doc->children.size(); i-- > frame.item;) {
          frames.push_back({&frame.doc->children[i], frame.indent, frame.broken});
          if (i > frame.item) --room;
        }
        break;
      case Kind::Group: push_children(frames, frame, frame.broken || frame.doc->forced); break;
      case Kind::Concat:
      case Kind::Align:
      case Kind::Nest: push_children(frames, frame, frame.broken); break;
    }
  }
  return false;
}

class Printer {
 public:
  Printer(std::uint32_t column, std::uint32_t indent) : column_(column), indent_(indent) { lines_.emplace_back(); }

  std::vector<std::string> run(const Doc& doc) {
    frames_.push_back({&doc, indent_, true});
    while (!frames_.empty()) {
      const Frame frame = frames_.back();
      frames_.pop_back();
      step(frame);
    }
    return std::move(lines_);
  }

 private:
  void step(const Frame& frame) {
    switch (frame.doc->kind) {
      case Kind::Text: return write(frame.doc->text);
      case Kind::IfBroken:
        if (frame.broken) write(frame.doc->text);
        return;
      case Kind::Line: return frame.broken ? end_line(frame.indent) : write(" ");
      case Kind::SoftLine:
        if (frame.broken) end_line(frame.indent);
        return;
      case Kind::Concat: return push_children(frames_, frame, frame.broken);
      case Kind::Group: {
        const bool broken = frame.doc->forced || !fits_here({frame.doc, frame.indent, false});
        return push_children(frames_, frame, broken);
      }
      case Kind::Align: return push_children(frames_, {frame.doc, column_, frame.broken}, frame.broken);
      case Kind::Nest: return push_children(frames_, {frame.doc, frame.indent + kStep, frame.broken}, frame.broken);
      case Kind::Fill: return step_fill(frame);
    }
  }

  void step_fill(Frame frame) {
    const std::vector<Doc>& items = frame.doc->children;
    if (frame.item == items.size()) return;
    const Frame item{&items[frame.item], frame.indent, frame.broken};
    if (frame.item++ > 0) {
      write(" ");
      frames_.push_back(frame);  // what follows the item, for `fits`
      const bool here = !frame.broken || (!item.doc->forced && fits_here({item.doc, frame.indent, false}));
      frames_.pop_back();
      if (!here) {
        lines_.back().pop_back();
        end_line(frame.indent);
      }
    }
    frames_.push_back(frame);
    frames_.push_back(item);
  }

  bool fits_here(const Frame& frame) const {
    return fits(frame, frames_, std::int64_t{kWidth} - static_cast<std::int64_t>(column_));
  }

  void write(std::string_view text) {
    lines_.back() += text;
    column_ += display_width(text);
  }

  void end_line(std::uint32_t indent) {
    lines_.emplace_back(indent, ' ');
    column_ = indent;
  }

  std::uint32_t column_;
  std::uint32_t indent_;
  std::vector<Frame> frames_;
  std::vector<std::string> lines_;
};

Doc made(Kind kind, std::vector<Doc> children, bool forced = false) {
  Doc doc{kind, {}, std::move(children), forced};
  doc.forced = doc.forced ||
               std::any_of(doc.children.begin(), doc.children.end(), [](const Doc& child) { return child.forced; });
  return doc;
}

void write_on_one_line(const Doc& doc, std::string& out) {
  switch (doc.kind) {
    case Kind::Text: out += doc.text; return;
    case Kind::Line: out += ' '; return;
    case Kind::SoftLine:
    case Kind::IfBroken: return;
    case Kind::Concat:
    case Kind::Group:
    case Kind::Align:
    case Kind::Nest:
    case Kind::Fill:
      for (std::size_t i = 0; i < doc.children.size(); ++i) {
        if (doc.kind == Kind::Fill && i > 0) out += ' ';
        write_on_one_line(doc.children[i], out);
      }
      return;
  }
}

}  // namespace

Doc text_doc(std::string_view text) {
  return {Kind::Text, std::string(text), {}, false};
}
Doc line() {
  return {Kind::Line, {}, {}, false};
}
Doc soft_line() {
  return {Kind::SoftLine, {}, {}, false};
}
Doc if_broken(std::string_view text) {
  return {Kind::IfBroken, std::string(text), {}, false};
}
Doc concat(std::vector<Doc> children) {
  return made(Kind::Concat, std::move(children));
}
Doc group(std::vector<Doc> children, bool forced) {
  return made(Kind::Group, std::move(children), forced);
}
Doc align(Doc child) {
  std::vector<Doc> children;
  children.push_back(std::move(child));
  return made(Kind::Align, std::move(children));
}
Doc nest(std::vector<Doc> children) {
  return made(Kind::Nest, std::move(children));
}
Doc fill(std::vector<Doc> children) {
  return made(Kind::Fill, std::move(children));
}

std::vector<std::string> print(const Doc& doc, std::uint32_t column, std::uint32_t indent) {
  return Printer(column, indent).run(doc);
}

std::string on_one_line(const Doc& doc) {
  std::string out;
  write_on_one_line(doc, out);
  return out;
}

}  // namespace bylaw::formatter
