# awaitscope_catalog(LIBRARY TYPE HEADER FUNCTION [EXCLUDE files]): adding a thing is adding a file.
#
# Every .cpp of this folder but those excluded holds one entry: a function named after the file that returns TYPE, in the
# namespace named after the folder (a rule and the scenario that it finds may share a name).  The list
# `const std::vector<TYPE>& FUNCTION()` is generated from the file names; a misnamed file is a link error that names it.
function(awaitscope_catalog library type header function)
  cmake_parse_arguments(arg "" "" "EXCLUDE" ${ARGN})
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(SORT files)
  get_filename_component(folder ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  set(declarations "")
  set(entries "")
  foreach(file IN LISTS files)
    if(NOT file IN_LIST arg_EXCLUDE)
      get_filename_component(name ${file} NAME_WE)
      string(APPEND declarations "${type} ${name}();\n")
      string(APPEND entries "      ${folder}::${name}(),\n")
    endif()
  endforeach()
  get_target_property(kind ${library} TYPE)
  if(kind STREQUAL "INTERFACE_LIBRARY")
    return()  # no entry yet
  endif()
  set(out ${CMAKE_BINARY_DIR}/generated/${library}_catalog.cpp)
  file(WRITE ${out}.new "// Generated from the file names.\n#include \"${header}\"\n\nnamespace awaitscope {\n\nnamespace ${folder} {\n${declarations}}  // namespace ${folder}\n
const std::vector<${type}>& ${function}() {\n  static const std::vector<${type}> all = {\n${entries}  };\n  return all;\n}\n
}  // namespace awaitscope\n")
  file(COPY_FILE ${out}.new ${out} ONLY_IF_DIFFERENT)
  target_sources(${library} PRIVATE ${out})
endfunction()

# awaitscope_embed(LIBRARY SYMBOL FILES...): files as string constants, `std::string_view SYMBOL(std::string_view name)`,
# empty for an unknown name.  The name is the path relative to the project.
function(awaitscope_embed library symbol)
  get_target_property(kind ${library} TYPE)
  if(kind STREQUAL "INTERFACE_LIBRARY")
    return()
  endif()
  set(out ${CMAKE_BINARY_DIR}/generated/${symbol}.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DSYMBOL=${symbol} -DROOT=${CMAKE_SOURCE_DIR} "-DFILES=${ARGN}"
            -P ${CMAKE_SOURCE_DIR}/cmake/Embed.cmake
    DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/cmake/Embed.cmake VERBATIM)
  target_sources(${library} PRIVATE ${out})
endfunction()

# awaitscope_characters(LIBRARY SYMBOL FILES...): the Chinese characters that occur in the files, `std::string_view SYMBOL()`.
function(awaitscope_characters library symbol)
  set(out ${CMAKE_BINARY_DIR}/generated/${symbol}.cpp)
  list(JOIN ARGN "\n" names)
  file(WRITE ${out}.files.new "${names}")
  file(COPY_FILE ${out}.files.new ${out}.files ONLY_IF_DIFFERENT)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DSYMBOL=${symbol} "-DLIST=${out}.files" -P ${CMAKE_SOURCE_DIR}/cmake/Characters.cmake
    DEPENDS ${ARGN} ${out}.files ${CMAKE_SOURCE_DIR}/cmake/Characters.cmake VERBATIM)
  target_sources(${library} PRIVATE ${out})
endfunction()
