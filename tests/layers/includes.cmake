# What no include path can forbid, since it stands in the system's folders: PEGTL is used in grammar/src alone, and the runtime
# uses the C++ standard library alone.
#   cmake -D SOURCE=FOLDER -P includes.cmake
function(forbid folders pattern why)
  foreach(folder IN LISTS folders)
    file(GLOB_RECURSE files ${SOURCE}/${folder}/*.h ${SOURCE}/${folder}/*.hpp ${SOURCE}/${folder}/*.cpp)
    foreach(file IN LISTS files)
      file(STRINGS ${file} lines REGEX "^ *#include +${pattern}")
      if(lines)
        message(SEND_ERROR "${file}: ${lines}: ${why}")
      endif()
    endforeach()
  endforeach()
endfunction()

forbid("compiler;formatter;runtime;runner;cli;stdlib;grammar/include" "<tao/" "only grammar/src knows PEGTL")
forbid("runtime" "<(fmt|nlohmann|yaml-cpp|re2|tao|CLI|doctest|bylaw/(grammar|compiler|runner))/" "the runtime depends on the C++ standard library alone")
forbid("tests/reference" "[<\"](bylaw/compiler/decision_|elaborate/|lower/|write/|vm|request_data|format/text_forms)" "the judge shares no code with what it judges")
