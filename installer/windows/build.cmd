@echo off
rem Builds and tries the program, then makes the installer and the portable package in dist\.
rem Needs Python 3.11 (64 bit, from python.org, with the launcher py) and NSIS 3; see docs\packaging.md.
chcp 65001 >nul
setlocal
set PYTHONUTF8=1
cd /d "%~dp0..\.." || exit /b 1
py -3.11 run.py build || exit /b 1
py -3.11 run.py package windows || exit /b 1
py -3.11 run.py package portable || exit /b 1
