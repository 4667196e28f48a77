// How a pass goes on after an answer: to the next page, from the beginning, or not at all.
#include <algorithm>
#include <utility>

#include "sources/http_api/reading/marks.h"
#include "sources/http_api/reading/stream_pass.h"

namespace freshet::sources::http_api {
namespace {

constexpr int kMostRestarts = 3;

}  // namespace

/// Begins the listing again with half as many rows a page: numbers of pages mean others then.
void StreamPass::shrink(PagePosition& page) const {
  const std::size_t size = page.size / 2;
  page = first_page(stream_->listing.pages);
  page.size = size;
}

Result<StreamPass::Step> StreamPass::react(const Decision& decision, RunState& run,
                                           Position& position) {
  switch (decision.reaction) {
    case Reaction::RestartStream:
      if (++run.restarts > kMostRestarts) return error_of(decision);
      run.page = first_page(stream_->listing.pages);
      return Step::More;
    case Reaction::Reseed: {
      if (++run.restarts > kMostRestarts) return error_of(decision);
      position = {};
      FRESHET_TRY(run.from, lower_bound(position));
      run.page = first_page(stream_->listing.pages);
      return Step::More;
    }
    case Reaction::ShrinkPage:
      if (run.page.size <= 1) return error_of(decision);
      shrink(run.page);
      return Step::More;
    case Reaction::SkipPart:
      return Step::Done;
    case Reaction::PauseSource:
      return Error{ErrorKind::Exhausted, decision.message};
    default:
      return error_of(decision);
  }
}

Result<StreamPass::Step> StreamPass::advance_token(const Page& page, RunState& run,
                                                   Position& position) const {
  const CursorSpec& cursor = stream_->cursor;
  FRESHET_TRY(const Value next, cursor.token->first(page.answer.body));
  FRESHET_TRY(const Value done,
              cursor.done ? cursor.done->first(page.answer.body) : Result<Value>(Value()));
  const bool same = next.is_null() || next == position.token;
  if (!next.is_null()) position.token = next;
  run.page.pages += 1;
  // An empty page is not the end of a feed that says where its end is.
  const bool over = cursor.done ? done.truthy() : page.rows == 0;
  return over || same ? Step::Done : Step::More;
}

Result<std::optional<std::int64_t>> StreamPass::resume_mark(const Page& page) const {
  if (!stream_->cursor.resume) return std::optional<std::int64_t>();
  FRESHET_TRY(const Value resume, stream_->cursor.resume->first(page.answer.body));
  return mark_from(resume, stream_->cursor.type);
}

void StreamPass::move_mark(std::optional<std::int64_t> to, std::int64_t horizon,
                           Position& position) const {
  if (!to) return;
  const std::int64_t safe = is_dated(stream_->cursor.type) ? std::min(*to, horizon) : *to;
  if (!position.mark || safe > *position.mark) position.mark = safe;
}

/// A listing that gives no more than so many rows is begun again from the newest of them.
Result<bool> StreamPass::roll_window(const Page& page, RunState& run) const {
  const std::size_t cap = stream_->listing.pages.cap;
  const std::size_t rows = run.page.rows + page.rows;
  if (cap == 0 || rows < cap) return false;
  if (!run.high || (run.from && *run.high <= *run.from)) {
    if (page.next.position || rows > cap) return false;
    return Error{ErrorKind::Invalid,
                 stream_->name + " has more than " + std::to_string(cap) +
                     " records of one and the same time, and its listing gives no more"};
  }
  run.from = run.high;
  run.page = first_page(stream_->listing.pages);
  return true;
}

Result<StreamPass::Step> StreamPass::advance(OpenPage& read, RunState& run, Position& position) {
  Page& page = read.page;
  const CursorSpec& cursor = stream_->cursor;
  if (cursor.type == CursorType::Token) return advance_token(page, run, position);
  FRESHET_TRY(const auto resume, resume_mark(page));
  FRESHET_TRY(const bool rolled, read.past_mark ? Result<bool>(false) : roll_window(page, run));
  if (rolled) return Step::More;
  if (page.next.looped && !read.past_mark) {
    return Error{
        ErrorKind::Invalid,
        "its listing led back to where it was; check that pages.into is what the API reads"};
  }
  if (read.past_mark || !page.next.position) {
    move_mark(resume ? resume : run.high, read.horizon, position);
    return Step::Done;
  }
  run.page = std::move(*page.next.position);
  if (cursor.order == Order::Ascending) move_mark(run.high, read.horizon, position);
  return Step::More;
}

}  // namespace freshet::sources::http_api
