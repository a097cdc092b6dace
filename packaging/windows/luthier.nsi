; The installer for Windows, for one user, without rights of an administrator.
; Compiled by build.py: makensis -DVERSION= -DFOLDER= -DICON= -DTARGET= luthier.nsi
Unicode true
!include MUI2.nsh

!define NAME "Luthier Desktop"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\LuthierDesktop"
!define TYPE "LuthierDesktop.Rosette"

Name "${NAME}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\Luthier Desktop"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

Section "Program"
  ; A file of an older version that the new one lacks would stay: the old program goes first.
  IfFileExists "$INSTDIR\_internal\*.*" 0 +2
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\luthier-desktop.exe"
  WriteRegStr HKCU "Software\Classes\.rosette" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "Rosette share file"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\luthier-desktop.exe,0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\luthier-desktop.exe" "%1"'
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\luthier-desktop.exe"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

; The user's own data lies elsewhere and stays. Only what the installer put here goes, by name:
; somebody may have chosen a folder that holds other things.
Section "Uninstall"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licenses"
  Delete "$INSTDIR\luthier-desktop.exe"
  Delete "$INSTDIR\luthier.exe"
  Delete "$INSTDIR\sbom.cdx.json"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  DeleteRegKey HKCU "Software\Classes\.rosette"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
