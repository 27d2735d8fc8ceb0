# awaitscope_library(NAME DEPENDS...): the static library of this folder, all .cpp files in it and in its subfolders, with the
# project's warnings.
function(awaitscope_settings target)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic
    # Paths in a trace are relative to the project, so that two checkouts write the same bytes.
    -fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC bugs 105329 and 105651: false alarms about std::string at -O2 and above.  And it takes a class's own new and delete
    # for a mismatched pair where it inlines only one of them.
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds
      -Wno-mismatched-new-delete)
  endif()
  if(AWAITSCOPE_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(AWAITSCOPE_SANITIZE)
    target_compile_options(${target} PUBLIC -fsanitize=${AWAITSCOPE_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${AWAITSCOPE_SANITIZE})
    if(AWAITSCOPE_SANITIZE MATCHES undefined)
      target_compile_options(${target} PUBLIC -fno-sanitize-recover=undefined)
    endif()
  endif()
endfunction()

function(awaitscope_library name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h
    ${CMAKE_CURRENT_SOURCE_DIR}/*/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*/*.h)
  if(NOT sources MATCHES "\\.cpp")
    add_library(${name} INTERFACE)  # headers only
    target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${ARGN})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC ${ARGN})
  awaitscope_settings(${name})
  target_precompile_headers(${name} PRIVATE <algorithm> <cstdint> <memory> <string> <string_view> <vector>)
endfunction()
