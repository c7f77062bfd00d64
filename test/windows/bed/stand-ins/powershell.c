// Stands in for powershell.exe under wine. Asked to start a batch file as administrator (sudo-prompt's way to Windows' question for
// permission), it answers what C:\stand-ins\powershell.consent says: "yes" runs the command with administrator rights, "no" does not.
// Asked anything else, it prints C:\stand-ins\powershell.out.
#include "calls.h"

#define RIGHTS L"S-1-5-19"

static HANDLE made(const wchar_t *folder, const wchar_t *name) {
  wchar_t path[MAX_PATH];
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  _snwprintf(path, MAX_PATH, L"%ls\\%ls", folder, name);
  return CreateFileW(path, GENERIC_WRITE, 7, &inherited, CREATE_ALWAYS, 0, NULL);
}

// As execute.bat does: its command, then the command's exit code in the file "status".
static void runElevated(wchar_t *batch) {
  wchar_t line[2 * MAX_PATH];
  char status[20];
  STARTUPINFOW start = {sizeof start};
  PROCESS_INFORMATION process;
  DWORD code = 1, written;
  HANDLE file;
  HKEY rights;
  *wcsrchr(batch, L'\\') = 0;
  start.dwFlags = STARTF_USESTDHANDLES;
  start.hStdOutput = made(batch, L"stdout");
  start.hStdError = made(batch, L"stderr");
  _snwprintf(line, 2 * MAX_PATH, L"cmd.exe /c \"%ls\\command.bat\"", batch);
  RegCreateKeyExW(HKEY_USERS, RIGHTS, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &rights, NULL);
  if (CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process)) {
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
  }
  RegDeleteKeyW(HKEY_USERS, RIGHTS);
  CloseHandle(start.hStdOutput);
  CloseHandle(start.hStdError);
  file = made(batch, L"status");
  _snprintf(status, 20, "%lu\r\n", code);
  WriteFile(file, status, (DWORD)strlen(status), &written, NULL);
  CloseHandle(file);
}

int wmain(int argc, wchar_t **argv) {
  wchar_t answer[20] = L"no", batch[MAX_PATH];
  FILE *file;
  logCall(argc, argv);
  for (int i = 1; i + 1 < argc; i++) {
    if (_wcsicmp(argv[i], L"-FilePath")) continue;
    if ((file = _wfopen(FOLDER L"powershell.consent", L"r"))) { fwscanf(file, L"%19ls", answer); fclose(file); }
    if (_wcsicmp(answer, L"yes")) { fprintf(stderr, "The operation was canceled by the user.\n"); return 1; }
    if (swscanf(argv[i + 1], L"'%259l[^']'", batch) != 1) return 1;
    runElevated(batch);
    return 0;
  }
  return printOut();
}
