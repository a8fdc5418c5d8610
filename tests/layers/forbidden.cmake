# A header of another layer must not be found from TARGET's sources, while one of its own is.
#   cmake -D COMPILER=.. -D INCLUDES=FILE -D ALLOWED=HEADER -D FORBIDDEN=HEADER;.. -D WORK=FOLDER -P forbidden.cmake
file(STRINGS ${INCLUDES} folders)
set(flags -std=c++20 -fsyntax-only)
foreach(folder IN LISTS folders)
  list(APPEND flags -I${folder})
endforeach()
file(MAKE_DIRECTORY ${WORK})

function(compile header result)
  file(WRITE ${WORK}/include.cpp "#include <${header}>\n")
  execute_process(COMMAND ${COMPILER} ${flags} ${WORK}/include.cpp RESULT_VARIABLE status ERROR_VARIABLE errors)
  set(${result} ${status} PARENT_SCOPE)
  set(errors "${errors}" PARENT_SCOPE)
endfunction()

compile(${ALLOWED} status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "<${ALLOWED}> should compile here:\n${errors}")
endif()
foreach(header IN LISTS FORBIDDEN)
  compile(${header} status)
  if(status EQUAL 0)
    message(FATAL_ERROR "<${header}> belongs to another layer, but is found here")
  elseif(NOT errors MATCHES "No such file|file not found")  # as GCC says it, and Clang
    message(FATAL_ERROR "<${header}> is refused, but not for want of the file:\n${errors}")
  endif()
endforeach()
