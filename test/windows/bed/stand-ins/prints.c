// Stands in for programs that only tell something (netstat, powershell, sc): prints C:\stand-ins\<name>.out and ends
// with the code in C:\stand-ins\<name>.code (0 where there is none). Goes wrong as <name>.fail says: denied | error | crash.
#include "calls.h"

int wmain(int argc, wchar_t **argv) {
  wchar_t path[MAX_PATH], fault[40] = L"";
  char part[4096];
  FILE *file;
  size_t length;
  int code = 0;
  logCall(argc, argv);
  faultOf(fault, 40);
  if (!_wcsicmp(fault, L"crash")) endParent();
  if (!_wcsicmp(fault, L"denied") || !_wcsicmp(fault, L"error")) return 1;
  _snwprintf(path, MAX_PATH, FOLDER L"%ls.code", ownName());
  if ((file = _wfopen(path, L"r"))) { if (fwscanf(file, L"%d", &code) != 1) code = 0; fclose(file); }
  _snwprintf(path, MAX_PATH, FOLDER L"%ls.out", ownName());
  if (!(file = _wfopen(path, L"rb"))) return code;
  while ((length = fread(part, 1, sizeof part, file)) > 0) WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), part, (DWORD)length, &(DWORD){0}, NULL);
  fclose(file);
  return code;
}
