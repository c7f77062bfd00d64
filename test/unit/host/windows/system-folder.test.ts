// Where Windows lies is told by what this process has loaded; which of its folders are administrators' own, by a short list.
import { describe, expect, it } from 'vitest';
import { outsideProgramFiles } from '../../../../main/host/windows/elevation';
import { folderAt, rootOfLoaded } from '../../../../main/host/windows/system-folder';

describe("Windows' folder", () => {
  it.each([
    [['C:\\Program Files\\B\\node.exe', 'C:\\Windows\\SYSTEM32\\ntdll.dll'], 'C:\\Windows'],
    [['D:\\Sys Tem\\WinNT\\System32\\ntdll.dll'], 'D:\\Sys Tem\\WinNT'],
    [['C:\\Windows\\SysWOW64\\ntdll.dll'], 'C:\\Windows'],
    [['C:\\Users\\x\\ntdll.dll', '\\\\server\\Windows\\System32\\ntdll.dll'], null],
    [['C:\\Windows\\System32\\ntdll.dll.mui', 'C:\\Windows\\System32\\evil\\ntdll.dll'], null],
    [[], null],
  ])('of a process that has loaded %j is %s', (modules, root) => {
    expect(rootOfLoaded(modules)).toBe(root);
  });

  it('is all that the environment of its programs is made from', () => {
    const { surroundings, program } = folderAt('D:\\Windows');
    expect(program('reg')).toBe('D:\\Windows\\System32\\reg.exe');
    expect(Object.values(surroundings.env).join(';')).not.toMatch(/C:/i);
    expect(surroundings.env.TEMP).toBe('D:\\Windows\\Temp');
  });
});

describe('a folder of administrators', () => {
  it.each([
    'C:\\Windows\\Temp\\helper.js',
    'C:\\Windows\\Tasks\\helper.js',
    'C:\\Windows\\tracing\\helper.js',
    'C:\\Windows\\System32\\spool\\drivers\\color\\helper.js',
    'C:\\Windows\\helper.js',
    'C:\\ProgramData\\helper.js',
    'C:\\Program Files\\..\\Users\\x\\helper.js',
    'C:\\Program FilesX\\helper.js',
    'D:\\Program Files\\helper.js',
  ])('is not %s', (path) => {
    expect(outsideProgramFiles(path, 'C:')).not.toBeNull();
  });
});
