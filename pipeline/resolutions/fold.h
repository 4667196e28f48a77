#pragma once

#include <string>
#include <string_view>

namespace freshet::pipeline {

/// A message's own words: quoted mail and signatures are overwritten with spaces, so that bytes and
/// lines stay where they were. Linear in the input.
///
/// Text and Markdown: lines that begin with ">" (but not inside fenced code, nor "> [!NOTE]", nor a
/// lone ">>> " prompt), the line or lines "On ... wrote:" before them (nine languages), and
/// everything from "-----Original Message-----", from a block of From/Sent/To/Subject lines, or
/// from an "On ... wrote:" with an address or a year when no ">" follows; a signature of at most
/// twelve lines below "-- "; "Sent from my ..." as the last line. HTML: the elements that mail
/// programs put quotes and signatures into (`gmail_quote`, `gmail_signature`, `yahoo_quoted`,
/// `moz-signature`, Outlook's reply header with all behind it ...). Other types stay as they are,
/// and so does a message of which nothing would be left.
std::string fold(std::string_view body, std::string_view media_type);

}  // namespace freshet::pipeline
