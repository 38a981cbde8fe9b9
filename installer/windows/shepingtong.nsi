; 社评通的 Windows 安装程序。由 installer/windows/setup.py 编译，它给出 VERSION BUNDLE ICON LICENCE SIZE_KB TARGET。
Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma

!define NAME "社评通"
!define ID "shepingtong"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define TYPE_KEY "Software\Classes\${ID}.package"

; 只给自己装不要管理员密码；给所有人装要。
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${ID}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL_KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALL_KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_FUNCTION remember_mode
!define MULTIUSER_INIT_TEXT_ADMINREQUIRED "给所有用户安装要管理员权限：请用管理员身份运行，或改为只给当前用户安装。"
!define MULTIUSER_INNERTEXT_INSTALLMODE_TOP "给谁安装："
!define MULTIUSER_INNERTEXT_INSTALLMODE_ALLUSERS "这台电脑的所有用户"
!define MULTIUSER_INNERTEXT_INSTALLMODE_CURRENTUSER "只给当前用户"
!include MultiUser.nsh
!include MUI2.nsh
!include x64.nsh
!include FileFunc.nsh
!include LogicLib.nsh

Name "${NAME} ${VERSION}"
OutFile "${TARGET}"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 ProductName "${NAME}"
VIAddVersionKey /LANG=2052 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=2052 FileVersion "${VERSION}"
VIAddVersionKey /LANG=2052 FileDescription "${NAME}安装程序"
VIAddVersionKey /LANG=2052 LegalCopyright "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${ID}.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Var All ; 给所有用户安装时是 1，0 是只给当前用户

!macro remember_mode
    StrCpy $All 0
    SetShellVarContext current
    ${If} $MultiUser.InstallMode == "AllUsers"
        StrCpy $All 1
        SetShellVarContext all
    ${EndIf}
!macroend

Function remember_mode
    !insertmacro remember_mode
FunctionEnd

; 正在运行的程序占着自己的文件：改名试一下，改不动就是开着。
!macro refuse_while_running
    again:
    ${If} ${FileExists} "$INSTDIR\${ID}.exe"
        ClearErrors
        Rename "$INSTDIR\${ID}.exe" "$INSTDIR\${ID}.exe.check"
        ${If} ${Errors}
            MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME}正在运行，或者没有权限改动 $INSTDIR。$\r$\n请先关闭它（所有登录的用户都要关闭），再点“重试”。还没有改动任何内容。" /SD IDCANCEL IDRETRY again
            SetErrorLevel 2
            Quit
        ${EndIf}
        Rename "$INSTDIR\${ID}.exe.check" "$INSTDIR\${ID}.exe"
    ${EndIf}
!macroend

Function .onInit
    ${IfNot} ${RunningX64}
        MessageBox MB_OK|MB_ICONSTOP "${NAME}要 64 位的 Windows。" /SD IDOK
        Abort
    ${EndIf}
    SetRegView 64
    !insertmacro MULTIUSER_INIT
FunctionEnd

Function un.onInit
    SetRegView 64
    !insertmacro MULTIUSER_UNINIT
    !insertmacro remember_mode
FunctionEnd

Section "程序" program
    SectionIn RO
    !insertmacro refuse_while_running
    ; 旧版本的程序文件先去掉；数据不在这里，绿色版的数据文件夹不动。
    RMDir /r "$INSTDIR\_internal"
    ClearErrors
    SetOutPath "$INSTDIR"
    File /r "${BUNDLE}/*"
    ${If} ${Errors}
        MessageBox MB_OK|MB_ICONSTOP "文件没有全部写进 $INSTDIR：请查看磁盘空间（要 ${SIZE_KB} KB）和权限，再安装一次。数据没有受影响。" /SD IDOK
        SetErrorLevel 3
        Quit
    ${EndIf}
    File "/oname=${ID}.ico" "${ICON}"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateDirectory "$SMPROGRAMS\${NAME}"
    CreateShortcut "$SMPROGRAMS\${NAME}\${NAME}.lnk" "$INSTDIR\${ID}.exe" "" "$INSTDIR\${ID}.ico"
    CreateShortcut "$SMPROGRAMS\${NAME}\卸载${NAME}.lnk" "$INSTDIR\uninstall.exe"
    CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${ID}.exe" "" "$INSTDIR\${ID}.ico"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${ID}.ico"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${NAME}"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S /$MultiUser.InstallMode'
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
    ; 双击结果包，用社评通打开。
    WriteRegStr SHCTX "Software\Classes\.sptpkg" "" "${ID}.package"
    WriteRegStr SHCTX "${TYPE_KEY}" "" "${NAME}数据包"
    WriteRegStr SHCTX "${TYPE_KEY}\DefaultIcon" "" "$INSTDIR\${ID}.ico"
    WriteRegStr SHCTX "${TYPE_KEY}\shell\open\command" "" '"$INSTDIR\${ID}.exe" "%1"'
    ${RefreshShellIcons}
SectionEnd

Section "un.程序" un_program
    !insertmacro refuse_while_running
    StrCpy $0 ""
    ${If} $All == 0
        StrCpy $0 "$LOCALAPPDATA\${ID}"
    ${EndIf}
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\${ID}.exe"
    Delete "$INSTDIR\${ID}-cli.exe"
    Delete "$INSTDIR\${ID}.ico"
    Delete "$INSTDIR\uninstall.exe"
    ; 别的都不删：文件夹里还有东西（例如绿色版的数据）时，文件夹也留着。
    RMDir "$INSTDIR"
    RMDir /r "$SMPROGRAMS\${NAME}"
    Delete "$DESKTOP\${NAME}.lnk"
    DeleteRegKey SHCTX "${UNINSTALL_KEY}"
    DeleteRegKey SHCTX "${TYPE_KEY}"
    DeleteRegValue SHCTX "Software\Classes\.sptpkg" ""
    DeleteRegKey /ifempty SHCTX "Software\Classes\.sptpkg"
    ${RefreshShellIcons}
    ; 数据留着，除非明白地要求删除；静默卸载从不删除。
    ${If} $0 != ""
    ${AndIf} ${FileExists} "$0\*.*"
        MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "程序已卸载。数据还在：$\r$\n$0$\r$\n$\r$\n要不要连数据一起删除？删除以后不能恢复（U 盘上的备份除外）。$\r$\n以后还要用，或者不清楚，请点“否”。" /SD IDNO IDNO keep
        MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "再问一次：真的删除全部数据和本机的备份吗？" /SD IDNO IDNO keep
        RMDir /r "$0"
        keep:
    ${EndIf}
SectionEnd
