// Stands in for schtasks.exe under wine: checks "/create /tn NAME /xml FILE /f" and "/delete /tn NAME /f", and keeps the task's name
// in the registry where Windows' scheduler does. The XML must be UTF-16 with its mark, as schtasks wants it. Goes wrong as
// schtasks.fail says: denied | error | lost | crash.
#include "calls.h"

#define TREE L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree"

static int isWhole(const wchar_t *path) {
  static wchar_t text[40000];
  FILE *file = _wfopen(path, L"rb");
  size_t length = file ? fread(text, sizeof *text, 39999, file) : 0;
  if (file) fclose(file);
  text[length] = 0;
  return length > 0 && text[0] == 0xfeff && wcsstr(text, L"encoding=\"UTF-16\"") && wcsstr(text, L"<Task ") && wcsstr(text, L"</Task>");
}

int wmain(int argc, wchar_t **argv) {
  wchar_t fault[40] = L"", key[600];
  HKEY made;
  logCall(argc, argv);
  faultOf(fault, 40);
  if (!_wcsicmp(fault, L"crash")) endParent();
  if (!_wcsicmp(fault, L"denied") || !_wcsicmp(fault, L"error")) return 1;
  if (argc < 4 || _wcsicmp(argv[2], L"/tn") || argv[3][0] != L'\\') return 1;
  _snwprintf(key, 600, TREE L"%ls", argv[3]);
  if (argc == 7 && !_wcsicmp(argv[1], L"/create") && !_wcsicmp(argv[4], L"/xml") && !_wcsicmp(argv[6], L"/f")) {
    if (!isWhole(argv[5])) return 1;
    if (!_wcsicmp(fault, L"lost")) return 0;
    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, key, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &made, NULL)) return 1;
    RegSetValueExW(made, L"Index", 0, REG_DWORD, (const BYTE *)&(DWORD){3}, sizeof(DWORD));
    RegCloseKey(made);
    return 0;
  }
  if (argc == 5 && !_wcsicmp(argv[1], L"/delete") && !_wcsicmp(argv[4], L"/f"))
    return !_wcsicmp(fault, L"lost") || !RegDeleteKeyExW(HKEY_LOCAL_MACHINE, key, KEY_WOW64_64KEY, 0) ? 0 : 1;
  return 1;
}
