# What run, test and .ci/run share: the packages of Debian, and one way to build a preset.  Sourced by bash, never run.
# Messages go to stderr, so that the program's own output stays clean.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# "command=package" is satisfied by the command, wherever it came from; a plain name by the package.
base_packages=(c++=g++ cmake=cmake ninja=ninja-build pkg-config=pkg-config
  libconcurrentqueue-dev libcli11-dev libfmt-dev libsimdjson-dev libprotozero-dev zlib1g-dev)
window_packages=(glad=python3-glad libimgui-dev libglfw3-dev libstb-dev libfreetype-dev libegl1 libgl1-mesa-dri
  fonts-inter fonts-jetbrains-mono fonts-wqy-microhei)
test_packages=(python3=python3 python3-trio node=nodejs libgtest-dev Xvfb=xvfb xauth=xauth xdotool=xdotool)
validator_packages=(npm=npm chromium=chromium cmark-gfm=cmark-gfm)
bench_packages=(libbenchmark-dev valgrind=valgrind)
clang_packages=(clang++-16=clang-16 libclang-rt-16-dev)

say() { printf '%s\n' "$*" >&2; }

missing_packages() {  # missing_packages NAME...: those that are not there, one a line
  local wanted package
  for wanted in "$@"; do
    package=${wanted#*=}
    if [[ $wanted == *=* ]] && command -v "${wanted%%=*}" >/dev/null; then continue; fi
    if dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed; then continue; fi
    printf '%s\n' "$package"
  done
}

need() {  # need NAME...: installs what is missing, after asking where somebody can answer
  if ! command -v dpkg-query >/dev/null; then
    say "This is no Debian: the packages are yours to install ($(printf '%s ' "${@#*=}"))."
    return 0
  fi
  local missing=() as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -eq 0 ] && return 0
  say "Missing from Debian: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "Neither root nor sudo is at hand.  As root: apt-get install --no-install-recommends ${missing[*]}"
      return 1
    fi
    as_root=(sudo)
  fi
  if [ -t 0 ] && [ -t 2 ]; then
    local answer
    read -r -p "Install them now${as_root[0]:+ with sudo}? [Y/n] " answer
    case $answer in [nN]*) say "Nothing was installed."; return 1 ;; esac
  fi
  say "Installing them with apt-get ..."
  local quietly=(-qq -o Dpkg::Use-Pty=0)
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "${quietly[@]}" update >&2; then
    say "apt-get update failed: is there a network?"
    return 1
  fi
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "${quietly[@]}" install -y --no-install-recommends \
      "${missing[@]}" >&2; then
    say "apt-get could not install: ${missing[*]}"
    return 1
  fi
}

build() {  # build PRESET [TARGET...]: configures where that is due, and builds; output only if it fails or a terminal looks on
  local preset=$1 options=() log
  shift
  cd "$root" || return 1
  # ccache may see through precompiled headers only when told so.
  export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros,include_file_mtime,include_file_ctime}
  command -v ccache >/dev/null && options=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  mkdir -p "build/$preset"
  log=build/$preset/setup.log
  if [[ ! -f build/$preset/build.ninja || CMakePresets.json -nt build/$preset/build.ninja ]] && ! cmake --preset "$preset" "${options[@]}" >"$log" 2>&1; then
    cat "$log" >&2
    say "Configuring the preset '$preset' failed."
    return 1
  fi
  local arguments=(--build --preset "$preset")
  [ $# -gt 0 ] && arguments+=(--target "$@")
  if [ -t 2 ]; then
    cmake "${arguments[@]}" >&2 || { say "Building the preset '$preset' failed."; return 1; }
  elif ! cmake "${arguments[@]}" >"$log" 2>&1; then
    cat "$log" >&2
    say "Building the preset '$preset' failed."
    return 1
  fi
}
