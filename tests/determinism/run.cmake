# Same sources, same bytes: the example is built from two folders, in two locales and two time zones.
#   cmake -D BYLAW=COMMAND -D SOURCE=FOLDER -D WORK=FOLDER -P run.cmake
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK}/another/folder)
file(COPY ${SOURCE}/examples/azure-devops-pat DESTINATION ${WORK}/another/folder)

function(build folder bundle)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env ${ARGN} ${BYLAW} build ${folder} -q -o ${WORK}/${bundle} RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "building ${folder} ended with ${status}")
  endif()
endfunction()

build(${SOURCE}/examples/azure-devops-pat one.bylawc LC_ALL=C TZ=UTC)
build(${WORK}/another/folder/azure-devops-pat two.bylawc LC_ALL=C.UTF-8 TZ=Asia/Tokyo)
execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${WORK}/one.bylawc ${WORK}/two.bylawc RESULT_VARIABLE differs)
if(differs)
  message(FATAL_ERROR "the bundles differ")
endif()
