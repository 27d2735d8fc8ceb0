#include "app/platform/span_batch.h"

#include <glad/gl.h>
#include <imgui.h>

#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdio>

namespace awaitscope {
std::string_view shader_source(std::string_view name);  // embedded
}

namespace awaitscope::platform {
namespace {

unsigned compile(GLenum type, std::string_view name) {
  const std::string_view source = shader_source(name);
  const char* text = source.data();
  const GLint length = static_cast<GLint>(source.size());
  const unsigned shader = glCreateShader(type);
  glShaderSource(shader, 1, &text, &length);
  glCompileShader(shader);
  GLint good = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
  if (!good) {
    // The shader is ours: a driver that refuses it is worth its own words.
    char log[1024] = "";
    glGetShaderInfoLog(shader, sizeof log, nullptr, log);
    std::fprintf(stderr, "awaitscope: shader %s: %s\n", std::string(name).c_str(), log);
    assert(!"the span shader does not compile");
  }
  return shader;
}

}  // namespace

SpanBatch::SpanBatch() {
  const unsigned vertex = compile(GL_VERTEX_SHADER, "shaders/span.vert");
  const unsigned fragment = compile(GL_FRAGMENT_SHADER, "shaders/span.frag");
  program_ = glCreateProgram();
  glAttachShader(program_, vertex);
  glAttachShader(program_, fragment);
  glLinkProgram(program_);
  glDeleteShader(vertex);
  glDeleteShader(fragment);
  origin_ = glGetUniformLocation(program_, "origin");
  size_ = glGetUniformLocation(program_, "size");
  sharp_ = glGetUniformLocation(program_, "sharp");
  unit_ = glGetUniformLocation(program_, "unit");

  glGenVertexArrays(1, &vertex_array_);
  glGenBuffers(1, &buffer_);
  glBindVertexArray(vertex_array_);
  glBindBuffer(GL_ARRAY_BUFFER, buffer_);
  const auto attribute = [](unsigned index, int count, GLenum type, bool normalized, std::size_t offset) {
    glEnableVertexAttribArray(index);
    glVertexAttribPointer(index, count, type, normalized ? GL_TRUE : GL_FALSE, sizeof(Instance),
                          reinterpret_cast<const void*>(offset));
    glVertexAttribDivisor(index, 1);
  };
  attribute(0, 4, GL_FLOAT, false, offsetof(Instance, x));
  attribute(1, 4, GL_UNSIGNED_BYTE, true, offsetof(Instance, color));
  attribute(2, 2, GL_FLOAT, false, offsetof(Instance, radius));
  glBindVertexArray(0);
}

SpanBatch::~SpanBatch() {
  glDeleteBuffers(1, &buffer_);
  glDeleteVertexArrays(1, &vertex_array_);
  glDeleteProgram(program_);
}

void SpanBatch::begin_frame() {
  instances_.clear();
  calls_.clear();
}

void SpanBatch::add(ImDrawList& list, const std::vector<view::Box>& boxes, view::Theme theme, float unit) {
  if (boxes.empty()) return;
  const std::size_t first = instances_.size();
  for (const view::Box& box : boxes) {
    const view::Color c = view::color(box.role, theme);
    // Whole pixels: neighbours share their edge without a seam, and nothing is thinner than a pixel.
    const float x = std::round(box.rect.x), y = std::round(box.rect.y);
    const float w = std::max(1.0F, std::round(box.rect.right()) - x), h = std::max(1.0F, std::round(box.rect.bottom()) - y);
    instances_.push_back({x, y, w, h, {c.r, c.g, c.b, c.a}, box.rounding, static_cast<float>(box.pattern)});
  }
  calls_.push_back({this, first, instances_.size() - first, unit});
  list.AddCallback(&SpanBatch::draw, &calls_.back());
  list.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

void SpanBatch::draw(const ImDrawList*, const ImDrawCmd* command) {
  const Call& call = *static_cast<const Call*>(command->UserCallbackData);
  const SpanBatch& batch = *call.batch;
  const ImDrawData& display = *ImGui::GetDrawData();
  const ImVec2 origin = display.DisplayPos, size = display.DisplaySize, scale = display.FramebufferScale;

  const ImVec4 clip = command->ClipRect;
  const float left = (clip.x - origin.x) * scale.x, right = (clip.z - origin.x) * scale.x;
  const float top = (clip.y - origin.y) * scale.y, bottom = (clip.w - origin.y) * scale.y;
  if (right <= left || bottom <= top) return;
  glEnable(GL_SCISSOR_TEST);
  glScissor(static_cast<int>(left), static_cast<int>(size.y * scale.y - bottom), static_cast<int>(right - left),
            static_cast<int>(bottom - top));

  glUseProgram(batch.program_);
  glUniform2f(batch.origin_, origin.x, origin.y);
  glUniform2f(batch.size_, size.x, size.y);
  glUniform1f(batch.sharp_, scale.x);
  glUniform1f(batch.unit_, call.unit);
  glBindVertexArray(batch.vertex_array_);
  glBindBuffer(GL_ARRAY_BUFFER, batch.buffer_);
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(call.count * sizeof(Instance)), batch.instances_.data() + call.first,
               GL_STREAM_DRAW);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(call.count));
  glBindVertexArray(0);
}

}  // namespace awaitscope::platform
