#pragma once
// The files opened last, in recent.json of the state folder.
#include <string>
#include <vector>

#include "app/view/session.h"

namespace awaitscope::desk {

std::string write_recent(const std::vector<view::RecentFile>& files);
/// A broken file is none: nothing in it is worth a word.
std::vector<view::RecentFile> read_recent(const std::string& path);
/// Whether each file is still there.
void look_after(std::vector<view::RecentFile>& files);
/// `newer` first, then what only `older` has.
std::vector<view::RecentFile> joined(const std::vector<view::RecentFile>& newer, const std::vector<view::RecentFile>& older);

}  // namespace awaitscope::desk
