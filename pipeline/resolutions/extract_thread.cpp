#include "pipeline/resolutions/extract_thread.h"

#include <algorithm>
#include <string>
#include <utility>

#include "pipeline/extract/extract.h"
#include "pipeline/extract/front_matter.h"
#include "pipeline/extract/language.h"
#include "pipeline/extract/text.h"
#include "pipeline/resolutions/turns.h"
#include "sources/thread.h"

namespace freshet::pipeline {
namespace {

using sources::Message;
using sources::Side;
using std::string;
using std::string_view;

string_view heading_of(Side side) {
  switch (side) {
    case Side::Customer:
      return "Customer";
    case Side::Agent:
      return "Agent";
    case Side::Bot:
      return "Bot";
    case Side::Unknown:
      return "Reply";
  }
  return "Reply";
}

/// "close_notes" as people write it.
string readable(string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

bool is_prose(BlockKind kind) {
  return kind == BlockKind::Paragraph || kind == BlockKind::ListItem || kind == BlockKind::Quote;
}

/// Puts turns below each other into one document. Borrows the turns.
class Transcript {
 public:
  explicit Transcript(ExtractedDocument& document) : document_(document) {}

  void add_heading(string_view text) {
    Block block;
    block.kind = BlockKind::Heading;
    block.level = 2;
    block.text = text;
    add_line(std::move(block));
  }

  void add_turn(const Message& turn, string_view speaker) {
    auto extracted = extract({"", media_type_of(turn), turn.body, "en"});
    if (!extracted) {
      document_.warnings.push_back("message " + turn.id + ": " + extracted.error().message);
    } else {
      add_blocks(std::move(extracted->blocks), speaker);
      add_links(std::move(extracted->links));
    }
    advance(turn.body);
    for (const sources::Attachment& attachment : turn.attachments) add_attachment(attachment);
  }

  /// What was in the attached files, each under a heading of its own. Behind the conversation: a
  /// heading in it would take the turns that follow for its section.
  void add_files() {
    for (const sources::Attachment* file : files_) add_file(*file);
  }

 private:
  static string_view media_type_of(const Message& turn) {
    return turn.media_type.empty() ? "text/plain" : string_view(turn.media_type);
  }

  void add_blocks(std::vector<Block> blocks, string_view speaker) {
    if (blocks.empty()) return;
    if (!speaker.empty()) {
      if (!is_prose(blocks.front().kind)) {
        Block line;
        line.range = blocks.front().range;
        blocks.insert(blocks.begin(), std::move(line));
      }
      string& first = blocks.front().text;
      first.insert(0, string(speaker) + (first.empty() ? ":" : ": "));
    }
    for (Block& block : blocks) {
      if (block.kind == BlockKind::Heading) block.level = std::min<std::size_t>(6, block.level + 2);
      block.anchor.clear();  // The fragment of a message is none of the thread's page.
      block.range.byte_begin += bytes_;
      block.range.byte_end += bytes_;
      block.range.line_first += lines_;
      block.range.line_last += lines_;
      document_.blocks.push_back(std::move(block));
    }
  }

  void add_links(std::vector<ExtractedLink> links) {
    for (ExtractedLink& link : links) {
      link.line += lines_;
      document_.links.push_back(std::move(link));
    }
  }

  void add_attachment(const sources::Attachment& attachment) {
    if (!attachment.text.empty()) files_.push_back(&attachment);
    if (attachment.name.empty()) return;
    Block block;
    block.kind = BlockKind::ListItem;
    block.attachment = true;
    block.text = label_of(attachment);
    const string line = block.text;
    add_line(std::move(block));
    if (!attachment.url.empty())
      document_.links.push_back(
          {attachment.url, clean_line(attachment.name), line, lines_, "link", true});
  }

  /// Its links are nobody's to mend, and its front matter says nothing about the thread.
  void add_file(const sources::Attachment& file) {
    auto extracted = extract({file.name, file.media_type, file.text, "en"});
    if (!extracted) {
      document_.warnings.push_back("attachment " + file.id + ": " + extracted.error().message);
      return;
    }
    if (extracted->blocks.empty()) return;
    const std::size_t first = document_.blocks.size();
    add_heading(label_of(file));
    add_blocks(std::move(extracted->blocks), {});
    const auto begin = document_.blocks.begin() + static_cast<std::ptrdiff_t>(first);
    std::for_each(begin, document_.blocks.end(), [](Block& block) { block.attachment = true; });
    advance(file.text);
  }

  static string label_of(const sources::Attachment& attachment) {
    const string name = clean_line(attachment.name);
    return name.empty() ? "Attachment" : "Attachment: " + name;
  }

  /// A block of one line of its own.
  void add_line(Block block) {
    block.range = {bytes_, bytes_ + block.text.size(), lines_ + 1, lines_ + 1};
    bytes_ += block.text.size() + 1;
    ++lines_;
    document_.blocks.push_back(std::move(block));
  }

  void advance(string_view body) {
    bytes_ += body.size() + 1;
    lines_ += 1 + static_cast<std::size_t>(std::count(body.begin(), body.end(), '\n'));
  }

  ExtractedDocument& document_;
  std::vector<const sources::Attachment*> files_;
  std::size_t bytes_ = 0;
  std::size_t lines_ = 0;
};

void add_resolution(const std::vector<Message>& turns, Transcript& transcript) {
  const auto is_problem = [](const Message& turn) { return !turn.marked; };
  if (std::any_of(turns.begin(), turns.end(), is_problem)) transcript.add_heading("Problem");
  for (const Message& turn : turns) {
    if (is_problem(turn)) transcript.add_turn(turn, {});
  }
  for (const Message& turn : turns) {
    if (is_problem(turn)) continue;
    transcript.add_heading("Solution");
    transcript.add_turn(turn, {});
  }
}

}  // namespace

Result<ExtractedDocument> extract_thread(string_view body, string_view language) {
  FRESHET_TRY(const sources::Thread thread, sources::parse_thread(body));
  ExtractedDocument document;
  document.title = thread.title;
  Transcript transcript(document);
  const auto turns = turns_of(thread);
  if (thread.kind == "resolution") {
    add_resolution(turns, transcript);
  } else {
    for (const Message& turn : turns) transcript.add_turn(turn, heading_of(turn.side));
  }
  for (const Message& field : thread.fields) transcript.add_turn(field, readable(field.id));
  // Before the files: a log is in no language.
  document.language = language.empty() ? detect_language(document) : language_code(language);
  transcript.add_files();
  return document;
}

}  // namespace freshet::pipeline
