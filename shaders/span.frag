#version 330 core
// The distance to the rounded edge gives the soft border; the pattern tells states apart without hue.
flat in vec2 half_size;
flat in vec2 corner;
flat in vec4 fill;
in vec2 at;

uniform float sharp;    // framebuffer pixels per unit
uniform float unit;     // the pattern's grid, in display units

out vec4 shade;

float edge_distance() {
  vec2 q = abs(at) - half_size + corner.x;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner.x;
}

// Coverage of stripes across `along`: `width` of every `period`, soft at both sides.
float stripes(float along, float period, float width) {
  float from_centre = abs(mod(along, period) - period * 0.5);
  return clamp((width * 0.5 - from_centre) * sharp + 0.5, 0.0, 1.0);
}

void main() {
  float distance = edge_distance();
  float inside = clamp(0.5 - distance * sharp, 0.0, 1.0);
  if (inside <= 0.0) discard;
  vec2 from_corner = at + half_size;
  int pattern = int(corner.y + 0.5);
  float border = clamp((distance + 1.5) * sharp + 0.5, 0.0, 1.0);
  float ink = 1.0;
  if (pattern == 1) {                                  // outline
    ink = mix(0.13, 1.0, border);
  } else if (pattern == 2) {                           // hatch
    float lines = stripes((from_corner.x + from_corner.y) * 0.7071, unit, unit * 0.28);
    ink = mix(0.20, 0.62, max(lines, border * 0.9));
  } else if (pattern == 3) {                           // cross-hatch
    float lines = max(stripes((from_corner.x + from_corner.y) * 0.7071, unit, unit * 0.26),
                      stripes((from_corner.x - from_corner.y) * 0.7071, unit, unit * 0.26));
    ink = mix(0.42, 1.0, max(lines, border));
  } else if (pattern == 4) {                           // dots
    vec2 cell = mod(from_corner, unit * 0.9) - unit * 0.45;
    float dot_ = clamp((unit * 0.17 - length(cell)) * sharp + 0.5, 0.0, 1.0);
    ink = mix(0.16, 0.85, max(dot_, border * 0.8));
  } else if (pattern == 5) {                           // half: the lower half is full
    ink = mix(0.30, 1.0, clamp(at.y * sharp + 0.5, 0.0, 1.0));
  }
  shade = vec4(fill.rgb, fill.a * inside * ink);
}
