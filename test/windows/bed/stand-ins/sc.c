// Stands in for sc.exe under wine: of the service mpssvc it prints what C:\stand-ins\sc.out has; of others it keeps what runs in the
// registry, and does "config NAME start= WORD", "stop" and "start" as the Service Control Manager does (QueryServiceStatus,
// ChangeServiceConfig, ControlService). C:\stand-ins\dependents lists services that depend on the one asked about, the last to start
// first. Told to fail as netsh's stand-in: denied | error | lost | crash.
#include "calls.h"

#define SERVICES L"SYSTEM\\CurrentControlSet\\Services\\"
#define STATES L"SOFTWARE\\Stand-ins\\Services"

static DWORD number(const wchar_t *path, const wchar_t *name, DWORD missing) {
  DWORD value, size = sizeof value;
  return RegGetValueW(HKEY_LOCAL_MACHINE, path, name, RRF_RT_REG_DWORD, NULL, &value, &size) ? missing : value;
}

static void put(const wchar_t *path, const wchar_t *name, DWORD value) {
  HKEY key;
  if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL)) return;
  RegSetValueExW(key, name, 0, REG_DWORD, (BYTE *)&value, sizeof value);
  RegCloseKey(key);
}

static const wchar_t *keyOf(const wchar_t *service) {
  static wchar_t path[400];
  _snwprintf(path, 400, SERVICES L"%ls", service);
  return path;
}

// 1 stopped, 4 running; what was never asked to stop runs unless it is disabled.
static DWORD stateOf(const wchar_t *service) {
  return number(STATES, service, number(keyOf(service), L"Start", 3) == 4 ? 1 : 4);
}

static void show(const wchar_t *service) {
  DWORD state = stateOf(service);
  printf("\nSERVICE_NAME: %ls \n        TYPE               : 20  WIN32_SHARE_PROCESS  \n        STATE              : %lu  %s \n        WIN32_EXIT_CODE    : 0  (0x0)\n",
          service, (unsigned long)state, state == 4 ? "RUNNING" : "STOPPED");
}

// Calls back for each dependent; gives how many of them run.
static int dependents(BOOL shown) {
  wchar_t name[200];
  int running = 0;
  FILE *file = _wfopen(FOLDER L"dependents", L"r");
  while (file && fwscanf(file, L"%199ls", name) == 1) {
    if (stateOf(name) == 4) running++;
    if (shown) show(name);
  }
  if (file) fclose(file);
  return running;
}

static int fails(int code) { printf("[SC] FAILED %d:\n\n", code); return code; }

int wmain(int argc, wchar_t **argv) {
  wchar_t fault[40] = L"";
  logCall(argc, argv);
  if (argc < 3) return 87;
  const wchar_t *verb = argv[1], *service = argv[2];
  if (_wcsicmp(verb, L"query") == 0 && _wcsicmp(service, L"mpssvc") == 0) return printOut();
  if (_wcsicmp(verb, L"query") == 0) { show(service); return 0; }
  if (_wcsicmp(verb, L"enumdepend") == 0) { printf("Enum: entriesRead = 1\n"); dependents(TRUE); return 0; }
  faultOf(fault, 40);
  if (wcscmp(fault, L"denied") == 0) return fails(5);
  if (wcscmp(fault, L"error") == 0) return fails(1053);
  if (wcscmp(fault, L"lost") == 0) return 0;
  if (_wcsicmp(verb, L"config") == 0) {
    if (argc != 5 || _wcsicmp(argv[3], L"start=") != 0) return 1639;
    const wchar_t *word = argv[4];
    BOOL delayed = _wcsicmp(word, L"delayed-auto") == 0;
    DWORD start = delayed || _wcsicmp(word, L"auto") == 0 ? 2 : _wcsicmp(word, L"demand") == 0 ? 3 : _wcsicmp(word, L"disabled") == 0 ? 4 : 0;
    if (start == 0) return 1639;
    if (number(STATES, service, 0) == 0) put(STATES, service, stateOf(service));
    put(keyOf(service), L"Start", start);
    if (delayed || number(keyOf(service), L"DelayedAutostart", 9) != 9) put(keyOf(service), L"DelayedAutostart", delayed);
  } else if (_wcsicmp(verb, L"stop") == 0) {
    if (stateOf(service) == 1) return fails(1062);
    if (_wcsicmp(service, L"LanmanServer") == 0 && dependents(FALSE) > 0) return fails(1051);
    put(STATES, service, 1);
  } else if (_wcsicmp(verb, L"start") == 0) {
    if (stateOf(service) == 4) return fails(1056);
    if (number(keyOf(service), L"Start", 3) == 4) return fails(1058);
    put(STATES, service, 4);
  } else return 1639;
  if (wcscmp(fault, L"crash") == 0) endParent();
  show(service);
  return 0;
}
