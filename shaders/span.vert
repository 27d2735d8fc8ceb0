#version 330 core
// One rounded box an instance: four corners of a triangle strip, in ImGui's display coordinates.
layout(location = 0) in vec4 box;      // x, y, width, height
layout(location = 1) in vec4 color;
layout(location = 2) in vec2 look;     // corner radius, pattern

uniform vec2 origin;    // of the display
uniform vec2 size;      // of the display

flat out vec2 half_size;
flat out vec2 corner;   // radius, pattern
flat out vec4 fill;
out vec2 at;            // from the box's centre

void main() {
  vec2 unit = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  half_size = box.zw * 0.5;
  corner = vec2(min(look.x, min(half_size.x, half_size.y)), look.y);
  fill = color;
  vec2 grown = half_size + 1.0;                      // one pixel more for the soft edge
  at = (unit * 2.0 - 1.0) * grown;
  vec2 clip = (box.xy + half_size + at - origin) / size * 2.0 - 1.0;
  gl_Position = vec4(clip.x, -clip.y, 0.0, 1.0);
}
