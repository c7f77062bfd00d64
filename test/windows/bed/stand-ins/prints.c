// Stands in for programs that only tell something (netstat, sc): prints C:\stand-ins\<name>.out and ends with the code in
// C:\stand-ins\<name>.code (0 where there is none).
#include "calls.h"

int wmain(int argc, wchar_t **argv) {
  logCall(argc, argv);
  return printOut();
}
