// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtTest
import Teren.App
import Teren.Ui
import Teren.Testing

// qmllint disable unqualified
TestCase {
    id: testCase

    name: "Pages"
    when: windowShown
    width: 1176
    height: 752
    visible: true

    SampleOffice {
        id: office
    }
    SignalSpy {
        id: spy
    }

    Component {
        id: unlockPage
        UnlockPage {
            anchors.fill: parent
            profiles: office.workspace.profiles
            unlock: office.workspace.unlock
        }
    }
    Component {
        id: profilesPage
        ProfilesPage {
            anchors.fill: parent
            profiles: office.workspace.profiles
        }
    }
    Component {
        id: newProfilePage
        NewProfilePage {
            anchors.fill: parent
            profiles: office.workspace.profiles
            unlock: office.workspace.unlock
        }
    }
    Component {
        id: recoverPage
        RecoverPage {
            anchors.fill: parent
            keys: office.workspace.keys
            unlock: office.workspace.unlock
        }
    }
    Component {
        id: restorePage
        RestorePage {
            anchors.fill: parent
            backups: office.workspace.backups
            keys: office.workspace.keys
        }
    }
    Component {
        id: pickerPage
        FilePicker {
            files: true
        }
    }
    Component {
        id: recoveryCodePage
        RecoveryCodePage {
            anchors.fill: parent
            keys: office.workspace.keys
        }
    }
    Component {
        id: topStrip
        TopStrip {
            conflicts: office.workspace.conflicts.conflicts.count
            sync: office.workspace.sync
            unlock: office.workspace.unlock
            width: 1280
        }
    }
    Component {
        id: todayPage
        TodayPage {
            anchors.fill: parent
            backups: office.workspace.backups
            today: office.workspace.today
            unlock: office.workspace.unlock
            conflictAge: office.workspace.conflicts.oldestAge
            conflicts: office.workspace.conflicts.conflicts
            news: office.workspace.news
        }
    }
    Component {
        id: casesPage
        CasesPage {
            anchors.fill: parent
            cases: office.workspace.cases
            unlock: office.workspace.unlock
        }
    }
    Component {
        id: casePage
        CasePage {
            anchors.fill: parent
            attachments: office.workspace.attachments
            news: office.workspace.news
            opened: office.workspace.opened
        }
    }
    Component {
        id: formPage
        FormPage {
            anchors.fill: parent
            attachments: office.workspace.attachments
            form: office.workspace.form
        }
    }
    Component {
        id: attachmentPage
        AttachmentPage {
            anchors.fill: parent
            attachments: office.workspace.attachments
        }
    }
    Component {
        id: conflictsPage
        ConflictsPage {
            anchors.fill: parent
            conflicts: office.workspace.conflicts.conflicts
            mine: office.workspace.conflicts.mine
        }
    }
    Component {
        id: changesPage
        ChangesPage {
            anchors.fill: parent
            news: office.workspace.news
        }
    }
    Component {
        id: historyPage
        HistoryPage {
            anchors.fill: parent
            history: office.workspace.history
        }
    }
    Component {
        id: conflictPage
        ConflictPage {
            anchors.fill: parent
            conflict: office.workspace.conflicts
        }
    }
    Component {
        id: syncPage
        SyncPage {
            anchors.fill: parent
            carry: office.workspace.carry
            meeting: office.workspace.meeting
            sync: office.workspace.sync
            traffic: office.workspace.traffic
            unlock: office.workspace.unlock
        }
    }
    Component {
        id: apartPage
        ApartPage {
            anchors.fill: parent
            apart: office.workspace.apart
        }
    }
    Component {
        id: navRail
        NavRail {
            conflicts: office.workspace.conflicts.conflicts.count
            current: "today"
            notices: office.workspace.sync.noticeCount
        }
    }
    Component {
        id: settingsPage
        SettingsPage {
            anchors.fill: parent
            alarm: office.workspace.alarm
            backups: office.workspace.backups
            device: office.workspace.device
            keys: office.workspace.keys
            settings: office.workspace.settings
        }
    }

    function cleanup() {
        Theme.textScale = 1;
        office.workspace.settings.language = "en";
    }
    function begin(empty) {
        office.restart(empty);
        office.workspace.unlock.unlock("kalina");
        tryCompare(office.workspace.unlock, "state", UnlockController.Open);
        tryVerify(() => office.workspace.sync.total > 0);
    }
    function show(component) {
        const page = createTemporaryObject(component, testCase);
        verify(page);
        waitForRendering(page);
        return page;
    }
    function openZawilscy() {
        office.workspace.cases.query = "Zawil";
        tryCompare(office.workspace.cases.cases, "count", 1);
        const page = show(casesPage);
        spy.clear();
        spy.target = page;
        spy.signalName = "caseOpened";
        const row = findChild(page, "caseList").itemAtIndex(0);
        compare(row.title, "Rodzina Zawilskich");
        row.clicked();
        return spy.signalArguments[0][0];
    }

    // Everything that takes the keyboard says what it is. Qt hides the name of a password field from QML.
    function nameless(item) {
        let found = [];
        if (item.visible && item.activeFocusOnTab && !(item.Accessible && (item.Accessible.passwordEdit || item.Accessible.name !== "")))
            found.push(String(item));
        for (let i = 0; i < item.children.length; ++i)
            found = found.concat(nameless(item.children[i]));
        return found;
    }

    function test_aWrongPassphraseIsExplainedAndNothingOpens() {
        office.restart(false);
        const page = show(unlockPage);
        const field = findChild(page, "passphrase");
        field.text = "wrong";
        findChild(page, "unlockButton").clicked();
        tryCompare(office.workspace.unlock, "state", UnlockController.Failed);
        compare(findChild(page, "unlockProblem").visible, true);
        verify(office.workspace.unlock.advice.includes("safe"));
        compare(field.text, "", "the passphrase does not stay on the screen");
        compare(office.workspace.cases.total, 0);
    }

    function test_nothingIsSaidToBeSentBeforeTheVaultWasAsked() {
        office.restart(false);
        const fact = findChild(show(topStrip), "factUnsent");
        let atFirst;
        const look = () => {
            if (office.workspace.unlock.state === UnlockController.Open && atFirst === undefined)
                atFirst = fact.visible;
        };
        office.workspace.unlock.stateChanged.connect(look);
        office.workspace.unlock.unlock("kalina");
        tryVerify(() => fact.visible);
        office.workspace.unlock.stateChanged.disconnect(look);
        compare(atFirst, false);
        office.workspace.lock();
        verify(!office.workspace.sync.known);
    }

    function test_afterSeveralWrongTriesTheWaitIsShownAndCountsDown() {
        office.restart(false);
        const page = show(unlockPage);
        for (let i = 0; i < 3; ++i) {
            compare(findChild(page, "unlockButton").enabled, true);
            office.workspace.unlock.unlock("wrong");
            tryCompare(office.workspace.unlock, "state", UnlockController.Failed);
        }
        tryCompare(findChild(page, "unlockWait"), "visible", true);
        verify(findChild(page, "unlockWait").text.includes("5 seconds"));
        compare(findChild(page, "unlockButton").enabled, false);
        office.endWait();
        tryCompare(findChild(page, "unlockWait"), "visible", false);
        compare(findChild(page, "unlockButton").enabled, true);
    }

    function test_whatIsWrongWithAProfileIsSaidInWords_data() {
        return [{
                "tag": "DiskFull",
                "title": "full",
                "advice": "safe"
            }, {
                "tag": "Disk",
                "title": "read or written",
                "advice": "stick"
            }, {
                "tag": "NotFound",
                "title": "no profile",
                "advice": "stick"
            }, {
                "tag": "Damaged",
                "title": "changed from outside",
                "advice": "safe"
            }, {
                "tag": "TooNew",
                "title": "newer version",
                "advice": "Nothing was changed"
            }, {
                "tag": "Busy",
                "title": "another program",
                "advice": "Nothing was changed"
            }];
    }
    function test_whatIsWrongWithAProfileIsSaidInWords(data) {
        office.restart(false);
        office.failToOpen(data.tag);
        const page = show(unlockPage);
        office.workspace.unlock.unlock("kalina");
        tryCompare(office.workspace.unlock, "state", UnlockController.Failed);
        const notice = findChild(page, "unlockProblem");
        verify(notice.visible);
        verify(notice.text.includes(data.title), notice.text);
        verify(notice.advice.includes(data.advice), notice.advice);
        office.failToOpen("");
    }

    function test_aForgottenPassphraseIsReplacedByTheRecoveryCode() {
        office.restart(false);
        const page = show(recoverPage);
        const act = findChild(page, "recover");
        compare(act.enabled, false);
        findChild(page, "newPassphrase").text = "cztery chrupkie rowery nocą";
        findChild(page, "againPassphrase").text = "cztery chrupkie rowery nocą";
        findChild(page, "recoveryCode").text = office.code();
        compare(findChild(page, "recoveryTyped").visible, false);
        tryCompare(act, "enabled", true);
        act.clicked();
        tryCompare(office.workspace.unlock, "state", UnlockController.Open);
        office.workspace.lock();
        office.workspace.unlock.unlock("cztery chrupkie rowery nocą");
        tryCompare(office.workspace.unlock, "state", UnlockController.Open);
    }
    function test_aRecoveryCodeOfAnotherProfileIsSaidToBeOne() {
        office.restart(false);
        const page = show(recoverPage);
        office.workspace.unlock.recover("another", "cztery chrupkie rowery nocą");
        tryCompare(office.workspace.unlock, "state", UnlockController.Failed);
        verify(findChild(page, "recoverProblem").text.includes("another profile"));
        office.workspace.unlock.beginAgain();
        compare(findChild(page, "recoverProblem").visible, false);
    }

    function test_theProfilesOfAMachineShowOnlyWhatTheirOwnersChose() {
        office.restartWithProfiles(["Anna Sowa", ""]);
        tryCompare(office.workspace.profiles, "state", ProfilesController.Listed);
        const page = show(profilesPage);
        compare(findChild(page, "profile0").title, "Anna Sowa");
        compare(findChild(page, "profile1").title, "A profile without a shown name");
        compare(findChild(page, "noProfiles").visible, false);
        findChild(page, "profile0").clicked();
        compare(office.workspace.unlock.profile, "Anna Sowa");
        office.workspace.profiles.leave();
        compare(office.workspace.unlock.folder, "");
    }
    function test_aMachineWithoutProfilesSaysSo() {
        office.restartWithProfiles([]);
        tryCompare(office.workspace.profiles, "state", ProfilesController.Listed);
        compare(findChild(show(profilesPage), "noProfiles").visible, true);
    }

    function test_aProfileIsMadeWithAPassphraseThatIsStrongAndTypedTwice() {
        office.restartWithProfiles([]);
        const page = show(newProfilePage);
        const act = findChild(page, "makeProfile");
        findChild(page, "profileName").text = "Ewa Mak";
        findChild(page, "newPassphrase").text = "ewa mak 1970";
        findChild(page, "againPassphrase").text = "ewa mak 1970";
        compare(act.enabled, false);
        verify(findChild(page, "passphraseHelp").visible);
        verify(findChild(page, "passphraseHelp").text !== "");
        findChild(page, "newPassphrase").text = "cztery chrupkie rowery nocą";
        compare(act.enabled, false, "typed once only");
        findChild(page, "againPassphrase").text = "cztery chrupkie rowery nocą";
        compare(act.enabled, true);
        act.clicked();
        tryCompare(office.workspace.unlock, "state", UnlockController.Open);
        compare(office.workspace.profiles.justMade, true);
        office.workspace.lock();
        compare(office.workspace.profiles.justMade, false);
    }
    function test_aProfileThatCannotBeMadeIsExplained() {
        office.restartWithProfiles([]);
        const page = show(newProfilePage);
        office.fillDisk();
        office.workspace.profiles.create("Ewa Mak", "cztery chrupkie rowery nocą", false);
        tryVerify(() => findChild(page, "newProfileProblem").visible);
        verify(findChild(page, "newProfileProblem").text.includes("full"));
        office.emptyDisk();
    }

    function test_aRecoveryCodeIsValidWhenItWasTypedBack() {
        begin(false);
        const page = show(recoveryCodePage);
        findChild(page, "drawCode").clicked();
        tryVerify(() => office.workspace.keys.code !== "");
        compare(findChild(page, "code").text, office.code().split("-").join(" "));
        findChild(page, "codeWritten").clicked();
        const typed = findChild(page, "typedCode");
        compare(findChild(page, "code").visible, false, "nobody copies it from the screen");
        typed.text = office.code().substring(0, 4) + "A";
        compare(findChild(page, "typeBack").enabled, false);
        tryVerify(() => findChild(page, "typedProblem").visible);
        verify(findChild(page, "typedProblem").text.includes("1"));
        typed.text = office.code();
        compare(findChild(page, "typeBack").enabled, true);
        findChild(page, "typeBack").clicked();
        tryCompare(findChild(page, "codeTaken"), "visible", true);
        compare(office.workspace.keys.code, "");
    }

    function test_thePassphraseIsChangedByWhoeverKnowsIt() {
        begin(false);
        const page = show(settingsPage);
        findChild(page, "changePassphrase").clicked();
        const fill = current => {
            findChild(page, "currentPassphrase").text = current;
            findChild(page, "newPassphrase").text = "cztery chrupkie rowery nocą";
            findChild(page, "againPassphrase").text = "cztery chrupkie rowery nocą";
            compare(findChild(page, "keepPassphrase").enabled, true);
            findChild(page, "keepPassphrase").clicked();
        };
        fill("wrong");
        tryCompare(findChild(page, "passphraseProblem"), "visible", true);
        fill("kalina");
        tryCompare(findChild(page, "passphraseChanged"), "visible", true);
        compare(findChild(page, "currentPassphrase").text, "", "nothing of it stays");
        compare(findChild(page, "newPassphrase").text, "");
    }

    function test_aBackupIsMadeAndItsFailureSaysWhatIsSafe() {
        begin(false);
        const page = show(settingsPage);
        compare(findChild(page, "backUp").enabled, false);
        findChild(page, "backupFolder").text = "/media/stick";
        findChild(page, "backUp").clicked();
        tryCompare(findChild(page, "backupReport"), "visible", true);
        tryVerify(() => office.workspace.device.lastBackup !== "");
        office.fillDisk();
        findChild(page, "backUp").clicked();
        tryCompare(findChild(page, "backupProblem"), "visible", true);
        verify(findChild(page, "backupProblem").advice.includes("as they were"));
        office.emptyDisk();
    }

    function test_aBackupIsCheckedAndItsAgeSaid() {
        begin(false);
        const page = show(settingsPage);
        const check = findChild(page, "checkBackup");
        compare(check.visible, false);
        findChild(page, "checkFolder").text = "/media/stick";
        findChild(page, "lookForBackups").clicked();
        tryCompare(office.workspace.backups.found, "count", 2);
        verify(findChild(page, "backup0").Accessible.checked, "the newest one is chosen");
        compare(findChild(page, "backup1").stateWords, "15 days old");
        check.clicked();
        tryCompare(findChild(page, "checkReport"), "visible", true);
        verify(findChild(page, "checkReport").advice.includes("14.2 MB"));
        findChild(page, "checkPassphrase").text = "wrong";
        check.clicked();
        tryCompare(findChild(page, "checkProblem"), "visible", true);
        compare(findChild(page, "checkPassphrase").text, "", "nothing of it stays");
        findChild(page, "checkPassphrase").text = "kalina";
        check.clicked();
        tryVerify(() => findChild(page, "checkReport").text.includes("restored for trial"));
    }

    function test_aDamagedBackupIsSaidToBeOne() {
        begin(false);
        const page = show(settingsPage);
        office.workspace.backups.check("/media/stick/damaged.backup", "", false);
        tryCompare(findChild(page, "checkProblem"), "visible", true);
        verify(findChild(page, "checkProblem").text.includes("damaged"));
        compare(office.workspace.backups.details.length, 1);
    }

    function test_aBackupThatIsWithoutAttachmentsNamesThem() {
        begin(false);
        const page = show(settingsPage);
        const trouble = findChild(page, "checkProblem");
        office.workspace.backups.check("/media/stick/incomplete.backup", "", false);
        tryCompare(trouble, "visible", true);
        compare(trouble.text, "2 files of attachments cannot be brought back from this backup.");
        verify(findChild(trouble, "backupTrouble").advice.endsWith("Which attachments those are shows with its passphrase."));
        office.workspace.backups.check("/media/stick/incomplete.backup", "kalina", false);
        tryCompare(trouble, "text", "2 attachments cannot be brought back from this backup.");
        tryVerify(() => findChild(trouble, "backupTrouble").advice.startsWith("• scan.pdf, case LIP/1 (Rodzina Nowych)\n• plac zabaw.jpg (its small picture only)\n"));
        verify(findChild(trouble, "backupTrouble").advice.includes("All the rest can be brought back."));
        compare(findChild(page, "checkReport").visible, false, "nobody says that it is whole");
    }

    function test_aBackupMadeWithoutAttachmentsNamesThem() {
        begin(false);
        const page = show(settingsPage);
        findChild(page, "backupFolder").text = "/media/incomplete";
        findChild(page, "backUp").clicked();
        tryCompare(findChild(page, "backupWithout"), "visible", true);
        compare(findChild(page, "backupWithout").text, "2 attachments of this profile could not be backed up.");
        verify(findChild(page, "backupWithout").advice.startsWith("• scan.pdf"));
        compare(findChild(page, "backupReport").text.includes("whole"), false);
        // The next one is whole.
        findChild(page, "backupFolder").text = "/media/stick";
        findChild(page, "backUp").clicked();
        tryVerify(() => findChild(page, "backupReport").text.includes("whole"));
        compare(findChild(page, "backupWithout").visible, false);
    }

    function test_whatABackupCouldNotBringBackIsSaidUntilItIsRead() {
        office.restartWithProfiles([]);
        show(restorePage);
        office.workspace.backups.restore("/media/stick/incomplete.backup", "kalina", false, "");
        tryCompare(office.workspace.unlock, "state", UnlockController.Open);
        let page = show(todayPage);
        tryCompare(findChild(page, "leftOut"), "visible", true);
        compare(findChild(page, "leftOut").text, "2 attachments could not be brought back from the backup.");
        verify(findChild(page, "leftOut").advice.includes("scan.pdf, case LIP/1 (Rodzina Nowych)"));
        verify(findChild(page, "leftOut").advice.includes("look for them in an earlier one or on the old device"));
        office.workspace.lock();
        compare(office.workspace.backups.leftOutAdvice, "", "a locked window names nothing");
        office.workspace.unlock.unlock("kalina");
        tryCompare(findChild(page, "leftOut"), "visible", true);
        findChild(page, "leftOut").acted();
        tryCompare(findChild(page, "leftOut"), "visible", false);
    }

    function test_checkingABackupShowsHowFarAndStops() {
        begin(false);
        const page = show(settingsPage);
        office.workspace.backups.check("/media/stick/endless.backup", "", false);
        tryCompare(office.workspace.backups, "percent", 42);
        office.workspace.backups.stop();
        tryCompare(findChild(page, "checkProblem"), "visible", true);
        compare(findChild(page, "checkProblem").text, "Stopped.");
        // Another one can be checked then.
        office.workspace.backups.check("/media/stick/a.backup", "", false);
        tryCompare(findChild(page, "checkReport"), "visible", true);
    }

    function test_aProfileIsBroughtBackByItsPassphrase() {
        office.restartWithProfiles([]);
        const page = show(restorePage);
        findChild(page, "restoreFolder").text = "/media/stick";
        findChild(page, "lookForBackups").clicked();
        tryCompare(office.workspace.backups.found, "count", 2);
        const act = findChild(page, "restore");
        compare(act.enabled, false, "without a passphrase");
        findChild(page, "restorePassphrase").text = "wrong";
        act.clicked();
        tryCompare(findChild(page, "restoreProblem"), "visible", true);
        verify(findChild(page, "restoreProblem").text.includes("does not open the backup"));
        compare(office.workspace.unlock.state, UnlockController.Locked);
        findChild(page, "restorePassphrase").text = "kalina";
        act.clicked();
        tryCompare(office.workspace.unlock, "state", UnlockController.Open);
        compare(office.workspace.unlock.folder, "/home/anna/profile-restored");
    }

    function test_aProfileIsBroughtBackByItsRecoveryCodeAndANewPassphrase() {
        office.restartWithProfiles([]);
        const page = show(restorePage);
        findChild(page, "restoreFolder").text = "/media/stick";
        findChild(page, "lookForBackups").clicked();
        tryCompare(office.workspace.backups.found, "count", 2);
        page.byCode = true;
        findChild(page, "restoreCode").text = office.code();
        compare(findChild(page, "restore").enabled, false, "without a new passphrase");
        findChild(page, "newPassphrase").text = "cztery chrupkie rowery nocą";
        findChild(page, "againPassphrase").text = "cztery chrupkie rowery nocą";
        findChild(page, "restore").clicked();
        tryCompare(office.workspace.unlock, "state", UnlockController.Open);
    }

    function test_aFolderIsChosenFromTheMachine() {
        const page = createTemporaryObject(pickerPage, testCase);
        page.begin(office.filesFolder());
        tryCompare(page, "opened", true);
        const list = findChild(page.contentItem, "pickerList");
        tryCompare(list, "count", 2);
        list.forceLayout();
        compare(list.itemAtIndex(0).name, "photos");
        list.itemAtIndex(0).clicked();
        tryCompare(list, "count", 0);
        findChild(page.contentItem, "pickerUp").clicked();
        tryCompare(list, "count", 2);
        spy.clear();
        spy.target = page;
        spy.signalName = "picked";
        list.forceLayout();
        list.itemAtIndex(1).clicked();
        compare(spy.count, 1);
        verify(spy.signalArguments[0][0].endsWith("/letter.txt"));
        tryCompare(page, "visible", false);
    }

    function test_aPhotoIsAddedLookedAtSavedOutsideAndTakenOut() {
        begin(false);
        office.workspace.opened.open(openZawilscy());
        tryCompare(office.workspace.opened, "state", CaseController.Shown);
        const page = show(casePage);
        const files = office.workspace.attachments;
        tryCompare(files.attachments, "count", 2);
        files.add("/home/anna/okno w kuchni.jpg");
        tryCompare(files.attachments, "count", 3);
        const row = findChild(page, "attachment0");
        compare(row.name, "okno w kuchni.jpg");
        files.add("/home/anna/telefon.heic");
        tryCompare(findChild(page, "addProblem"), "visible", true);
        verify(findChild(page, "addProblem").advice.includes("Nothing was added"));
        const opened = show(attachmentPage);
        files.open(office.workspace.opened.caseId, row.recordId);
        tryCompare(files, "state", AttachmentsController.Shown);
        tryVerify(() => findChild(opened, "picture").implicitWidth === 1200);
        compare(findChild(opened, "export").visible, false, "not before the warning");
        findChild(opened, "askExport").clicked();
        tryCompare(findChild(opened, "export"), "visible", true);
        compare(findChild(opened, "export").enabled, false, "without a folder");
        findChild(opened, "exportFolder").text = "/media/stick";
        findChild(opened, "export").clicked();
        tryCompare(findChild(opened, "attachmentReport"), "visible", true);
        verify(findChild(opened, "attachmentReport").text.includes("not encrypted"));
        findChild(opened, "askRemove").clicked();
        tryCompare(findChild(opened, "remove"), "visible", true);
        findChild(opened, "remove").clicked();
        tryCompare(files.attachments, "count", 2);
        compare(files.state, AttachmentsController.Nothing);
    }

    function test_addingAFileShowsHowFarAndStops() {
        begin(false);
        office.workspace.opened.open(openZawilscy());
        tryCompare(office.workspace.opened, "state", CaseController.Shown);
        const page = show(casePage);
        const files = office.workspace.attachments;
        tryCompare(files.attachments, "count", 2);
        files.add("/home/anna/endless.pdf");
        const line = findChild(page, "adding");
        tryCompare(line, "visible", true);
        tryCompare(line, "percent", 42);
        compare(findChild(page, "addAttachment").enabled, false, "one at a time");
        // The desk answers meanwhile.
        office.workspace.opened.open(office.workspace.opened.caseId);
        tryCompare(office.workspace.opened, "state", CaseController.Shown);
        findChild(line, "stopWork").clicked();
        tryCompare(line, "visible", false);
        compare(findChild(page, "addProblem").text, "Stopped.");
        verify(findChild(page, "addProblem").advice.includes("Nothing was added"));
        compare(files.attachments.count, 2);
        files.add("/home/anna/okno w kuchni.jpg");
        tryCompare(files.attachments, "count", 3);
        compare(findChild(page, "addProblem").visible, false);
        // Locking ends it; another one can be added afterwards.
        files.add("/home/anna/endless.pdf");
        tryCompare(line, "visible", true);
        office.workspace.lock();
        compare(files.adding, false);
        office.workspace.unlock.unlock("kalina");
        tryCompare(office.workspace.unlock, "state", UnlockController.Open);
        compare(files.adding, false);
    }

    function test_lockingTakesPhotosOutOfMemory() {
        begin(false);
        office.workspace.opened.open(openZawilscy());
        tryCompare(office.workspace.opened, "state", CaseController.Shown);
        const listed = show(casePage);
        const files = office.workspace.attachments;
        tryCompare(files.attachments, "count", 2);
        const page = show(attachmentPage);
        files.open(office.workspace.opened.caseId, findChild(listed, "attachment1").recordId);
        tryVerify(() => findChild(page, "picture").implicitWidth > 0);
        office.workspace.lock();
        compare(files.attachments.count, 0);
        compare(findChild(page, "picture").implicitWidth, 0);
        compare(files.name, "");
    }

    function test_theNameOnTheListIsChangedAndHidden() {
        begin(false);
        const page = show(settingsPage);
        tryCompare(office.workspace.keys, "shownName", "Anna Sowa");
        compare(findChild(page, "takeName").enabled, false, "nothing to change");
        findChild(page, "shownName").text = "Pani A.";
        findChild(page, "takeName").clicked();
        tryCompare(office.workspace.keys, "shownName", "Pani A.");
        compare(findChild(page, "nameDone").visible, true);
        findChild(page, "hideName").clicked();
        tryCompare(office.workspace.keys, "shownName", "");
        tryCompare(findChild(page, "hideName"), "visible", false);
    }

    function test_theRecoveryCodeIsRemovedByWhoeverSaysSoTwice() {
        begin(false);
        const page = show(settingsPage);
        tryCompare(findChild(page, "askRemoveCode"), "visible", false);
        office.workspace.keys.drawCode();
        tryVerify(() => office.workspace.keys.code !== "");
        office.workspace.keys.typeBack(office.code());
        tryVerify(() => office.workspace.device.hasCode);
        findChild(page, "askRemoveCode").clicked();
        findChild(page, "removeCode").clicked();
        tryCompare(findChild(page, "codeRemoved"), "visible", true);
        tryCompare(office.workspace.device, "hasCode", false);
    }

    function test_aHalfTypedCaseIsThereAgain() {
        begin(false);
        let page = show(casesPage);
        findChild(page, "newCase").clicked();
        findChild(page, "newTitle").forceActiveFocus();
        findChild(page, "newTitle").text = "Rodzina Zaczętych";
        page.destroy();
        page = show(casesPage);
        tryCompare(findChild(page, "newTitle"), "text", "Rodzina Zaczętych");
        verify(findChild(page, "newTitle").visible);
        spy.clear();
        spy.target = page;
        spy.signalName = "caseOpened";
        findChild(page, "makeCase").clicked();
        tryCompare(spy, "count", 1);
        page = show(casesPage);
        wait(50);
        compare(findChild(page, "newTitle").visible, false, "made, it is no draft");
    }

    function test_aThirdVersionIsKeptWhileItIsTyped() {
        begin(false);
        tryVerify(() => office.workspace.conflicts.conflicts.count > 0);
        const list = show(conflictsPage);
        spy.clear();
        spy.target = list;
        spy.signalName = "conflictOpened";
        mouseClick(findChild(list, "conflict0"));
        const key = spy.signalArguments[0][0];
        office.workspace.conflicts.open(key);
        tryCompare(office.workspace.conflicts, "state", ConflictsController.Undecided);
        const page = show(conflictPage);
        findChild(page, "proposal").forceActiveFocus();
        findChild(page, "proposal").text = "Ani jedno, ani drugie";
        page.destroy();
        office.workspace.conflicts.open("");
        const again = show(conflictPage);
        office.workspace.conflicts.open(key);
        tryCompare(findChild(again, "proposal"), "text", "Ani jedno, ani drugie");
    }

    function test_whatIsOnThisDeviceIsCounted() {
        begin(false);
        show(settingsPage);
        const facts = office.workspace.device.facts;
        tryVerify(() => facts.count === 7);
        compare(facts.data(facts.index(0, 0), 258), "6");
        compare(office.workspace.device.floorWarning, "");
        office.workspace.lock();
        compare(facts.count, 0);
    }

    function test_lockingLeavesNothingInThePages() {
        begin(false);
        tryCompare(office.workspace.today.visits, "count", 3);
        office.workspace.lock();
        compare(office.workspace.today.visits.count, 0);
        compare(office.workspace.cases.cases.count, 0);
        compare(office.workspace.conflicts.conflicts.count, 0);
        compare(office.workspace.sync.total, 0);
        compare(office.workspace.unlock.person, "");
    }

    function test_theLockInTheStripTakesTheKeysOfAButton_data() {
        return [{
                "tag": "return",
                "key": Qt.Key_Return
            }, {
                "tag": "enter",
                "key": Qt.Key_Enter
            }, {
                "tag": "space",
                "key": Qt.Key_Space
            }];
    }
    function test_theLockInTheStripTakesTheKeysOfAButton(data) {
        begin(false);
        const strip = show(topStrip);
        spy.clear();
        spy.target = strip;
        spy.signalName = "lockRequested";
        findChild(strip, "factLock").forceActiveFocus();
        keyClick(data.key);
        compare(spy.count, 1);
    }

    function test_aWindowThatNobodyTouchesLocks() {
        begin(false);
        office.workspace.settings.lockMinutes = 3;
        office.pass(2);
        compare(office.workspace.unlock.state, UnlockController.Open);
        office.pass(1);
        compare(office.workspace.unlock.state, UnlockController.Locked);
    }

    function test_theLidLocksAndTheMachineSleepsOnlyWhenAllIsClosed() {
        begin(false);
        const before = office.readyToSleep();
        office.closeLid();
        compare(office.workspace.unlock.state, UnlockController.Locked);
        compare(office.readyToSleep(), before, "the vault is closed first");
        tryVerify(() => office.readyToSleep() === before + 1);
        office.closeLid();
        compare(office.readyToSleep(), before + 2, "nothing is open: at once");
    }

    function test_theLidAlsoEndsAnUnlockingThatIsUnderWay() {
        office.restart(false);
        office.workspace.unlock.unlock("kalina");
        compare(office.workspace.unlock.state, UnlockController.Unlocking);
        office.closeLid();
        compare(office.workspace.unlock.state, UnlockController.Locked);
        tryVerify(() => office.readyToSleep() > 0);
        compare(office.workspace.unlock.state, UnlockController.Locked);
        compare(office.workspace.cases.total, 0);
    }

    function test_aDraftThatCouldNotBeKeptAtLockingIsSaid() {
        begin(false);
        office.workspace.form.open(openZawilscy(), "contact", "");
        tryCompare(office.workspace.form, "state", FormController.Editing);
        office.fillDisk();
        office.workspace.form.setAnswer("summary", "Ostatnie słowa.");
        office.workspace.lock();
        tryVerify(() => office.workspace.unlock.lost !== "");
        const page = show(unlockPage);
        compare(findChild(page, "lostWords").visible, true);
        office.workspace.unlock.unlock("kalina");
        tryCompare(office.workspace.unlock, "state", UnlockController.Open);
        office.workspace.lock();
        compare(office.workspace.unlock.lost, "");
    }

    function test_aDraftThatTheDiskDidNotTakeIsTriedAgain() {
        begin(false);
        const form = office.workspace.form;
        form.open(openZawilscy(), "contact", "");
        tryCompare(form, "state", FormController.Editing);
        office.fillDisk();
        form.setAnswer("summary", "Długa rozmowa.");
        tryVerify(() => form.problem !== "");
        compare(form.draftSaved, "");
        office.emptyDisk();
        tryVerify(() => form.draftSaved !== "");
        compare(form.problem, "");
        form.discard();
    }

    function test_todayShowsVisitsInWordsAndOpensTheirCase() {
        begin(false);
        tryCompare(office.workspace.today.visits, "count", 3);
        const page = show(todayPage);
        spy.clear();
        spy.target = page;
        spy.signalName = "caseOpened";
        const visit = findChild(page, "visit1");
        verify(visit.Accessible.name.includes("11:00"));
        verify(visit.Accessible.description.includes("pies"), "the safety note is said");
        mouseClick(visit);
        compare(spy.count, 1);
        verify(spy.signalArguments[0][0].length === 32);
        compare(findChild(page, "conflictCard").title, "2 conflicts to decide");
    }

    function test_anEmptyOfficeSaysSo_data() {
        return [{
                "tag": "today",
                "page": todayPage,
                "hint": "noVisits"
            }, {
                "tag": "due",
                "page": todayPage,
                "hint": "nothingDue"
            }, {
                "tag": "cases",
                "page": casesPage,
                "hint": "noCases"
            }, {
                "tag": "conflicts",
                "page": conflictsPage,
                "hint": "noConflicts"
            }];
    }
    function test_anEmptyOfficeSaysSo(data) {
        begin(true);
        const page = show(data.page);
        compare(findChild(page, data.hint).visible, true);
    }

    function test_somebodyInNoOfficeIsToldHowToComeIn_data() {
        return [{
                "tag": "outside",
                "code": "",
                "title": "This profile belongs to no office yet",
                "words": "terenctl --profile \"/home/anna/teren/anna\" join INVITATION"
            }, {
                "tag": "waiting",
                "code": "ABCDE23456",
                "title": "Waiting to be let in",
                "words": "ABCDE23456"
            }];
    }
    function test_somebodyInNoOfficeIsToldHowToComeIn(data) {
        office.restartOutside(data.code);
        office.workspace.unlock.unlock("kalina");
        tryCompare(office.workspace.unlock, "state", UnlockController.Open);
        const page = show(todayPage);
        compare(findChild(page, "officeHint").title, data.title);
        compare(findChild(page, "officeCommand").text, data.words);
        compare(findChild(page, "quickContact").enabled, false);
        compare(findChild(page, "noVisits").visible, false);
        compare(findChild(show(casesPage), "newCase").visible, false);
    }
    function test_somebodyInAnOfficeIsNotAskedToJoinOne() {
        begin(true);
        compare(findChild(show(todayPage), "officeHint").visible, false);
        compare(findChild(show(casesPage), "newCase").visible, true);
    }

    function test_searchFindsWithoutAccentsAndSaysWhenItFindsNothing() {
        begin(false);
        tryCompare(office.workspace.cases.cases, "count", 6);
        const page = show(casesPage);
        office.workspace.cases.query = "cwiklinska";
        tryCompare(office.workspace.cases.cases, "count", 1);
        office.workspace.cases.query = "nobody of that name";
        tryCompare(office.workspace.cases.cases, "count", 0);
        tryCompare(findChild(page, "noCases"), "visible", true);
    }

    function test_aFormKeepsADraftAndSavesOnlyWhenAsked() {
        begin(false);
        const id = openZawilscy();
        const form = office.workspace.form;
        form.open(id, "contact", "");
        tryCompare(form, "state", FormController.Editing);
        const page = show(formPage);
        compare(form.isNew, true);
        form.setAnswer("summary", "Rozmowa o świetlicy.");
        tryVerify(() => form.draftSaved !== "");
        compare(findChild(page, "draftChip").text.includes("draft"), true);
        form.open(id, "contact", "");
        tryCompare(form, "isDraft", true);
        office.workspace.opened.open(id);
        tryCompare(office.workspace.opened, "state", CaseController.Shown);
        const before = office.workspace.opened.events.count;
        findChild(page, "saveForm").clicked();
        tryCompare(form, "isDraft", false);
        tryVerify(() => office.workspace.opened.events.count === before + 1);
    }

    function test_anAnswerThatIsNotAcceptedIsMarkedAtItsField() {
        begin(false);
        const id = openZawilscy();
        const form = office.workspace.form;
        form.open(id, "visit", "");
        tryCompare(form, "state", FormController.Editing);
        const page = show(formPage);
        form.setAnswer("date", "31.02.2026");
        findChild(page, "saveForm").clicked();
        compare(form.problems, 1);
        const answer = findChild(page, "answer_date");
        verify(findChild(answer, "problem").visible);
        compare(form.isDraft, true);
        compare(form.state, FormController.Editing);
        form.discard();
    }

    function openCard() {
        const id = openZawilscy();
        office.workspace.opened.open(id);
        tryCompare(office.workspace.opened, "state", CaseController.Shown);
        const card = office.workspace.opened.cardId;
        office.workspace.form.open(id, "expectation_card", card);
        tryCompare(office.workspace.form, "state", FormController.Editing);
        return {
            "caseId": id,
            "card": card
        };
    }

    function test_whatAColleagueWroteMeanwhileStandsBesideOnesOwn_data() {
        return [{
                "tag": "mine",
                "choice": "keepMine",
                "left": "Moja odpowiedź."
            }, {
                "tag": "theirs",
                "choice": "takeTheirs",
                "left": "Odpowiedź Jana."
            }];
    }
    function test_whatAColleagueWroteMeanwhileStandsBesideOnesOwn(data) {
        begin(false);
        const opened = openCard();
        const card = opened.card;
        const form = office.workspace.form;
        const page = show(formPage);
        form.setAnswer("situation", "Moja odpowiedź.");
        form.setAnswer("needs", "Też moja.");
        office.colleagueWrites(card, "situation", "Odpowiedź Jana.");
        office.colleagueWrites(card, "strengths", "Dopisane przez Jana.");
        office.workspace.sync.syncNow();
        const situation = findChild(page, "answer_situation");
        tryVerify(() => findChild(situation, "theirs").visible);
        compare(findChild(situation, "theirsText").text, "Odpowiedź Jana.");
        compare(situation.value, "Moja odpowiedź.");
        compare(findChild(page, "answer_strengths").value, "Dopisane przez Jana.");
        verify(!findChild(findChild(page, "answer_needs"), "theirs").visible);
        findChild(page, "saveForm").clicked();
        verify(form.problem !== "");
        compare(form.isDraft, true);
        findChild(situation, data.choice).clicked();
        tryVerify(() => !findChild(situation, "theirs").visible);
        compare(situation.value, data.left);
        findChild(page, "saveForm").clicked();
        tryCompare(form, "isDraft", false);
        form.open(opened.caseId, "expectation_card", card);
        tryCompare(form, "state", FormController.Editing);
        compare(findChild(page, "answer_situation").value, data.left);
        compare(findChild(page, "answer_needs").value, "Też moja.");
    }

    function test_todayIsTheDayOfTheProgramsClock() {
        begin(false);
        const form = office.workspace.form;
        form.open(openZawilscy(), "task", "");
        tryCompare(form, "state", FormController.Editing);
        const due = findChild(show(formPage), "answer_due");
        findChild(due, "today").clicked();
        tryCompare(due, "value", "2026-04-14");
        form.discard();
    }

    function test_aTaskNamesAGoalOfItsCaseByItsTitle() {
        begin(false);
        const form = office.workspace.form;
        form.open(openZawilscy(), "task", "");
        tryCompare(form, "state", FormController.Editing);
        const goal = findChild(show(formPage), "answer_goal");
        compare(goal.choices.map(choice => choice.label), ["Miejsce do nauki w domu"]);
        const button = findChild(goal, "choice0");
        button.clicked();
        tryCompare(goal, "value", goal.choices[0].id);
        compare(button.checked, true);
        button.clicked();
        tryCompare(goal, "value", "");
        form.discard();
    }

    function test_whereNothingCanBeNamedTheFormSaysSo() {
        begin(false);
        const form = office.workspace.form;
        tryCompare(office.workspace.cases.cases, "count", 6);
        office.workspace.cases.newCase("Rodzina Nowa", "");
        tryCompare(office.workspace.cases.cases, "count", 7);
        office.workspace.cases.query = "Nowa";
        tryVerify(() => office.workspace.cases.cases.count < 7);
        const list = office.workspace.cases.cases;
        let id = "";
        for (let i = 0; i < list.count; ++i)
            id = list.data(list.index(i, 0), 258) === "Rodzina Nowa" ? list.data(list.index(i, 0), 257) : id;
        form.open(id, "task", "");
        tryCompare(form, "state", FormController.Editing);
        compare(findChild(findChild(show(formPage), "answer_goal"), "nothingToName").visible, true);
    }

    function test_aScaleIsTenButtonsOfWhichOneHolds() {
        begin(false);
        const id = openZawilscy();
        const form = office.workspace.form;
        form.open(id, "scale_mark", "");
        tryCompare(form, "state", FormController.Editing);
        const page = show(formPage);
        const scale = findChild(page, "answer_value");
        const seven = findChild(scale, "mark7");
        verify(seven.height >= 48 && seven.width >= 48);
        seven.clicked();
        tryCompare(seven, "checked", true);
        compare(findChild(scale, "mark6").checked, false);
        form.discard();
    }

    function test_leavingACaseWithAChartForOneWithoutComplainsOfNothing() {
        begin(false);
        failOnWarning(/.?/);
        tryCompare(office.workspace.cases.cases, "count", 6);
        const opened = office.workspace.opened;
        const ids = [];
        for (let i = 0; i < 6; ++i)
            ids.push(office.workspace.cases.cases.data(office.workspace.cases.cases.index(i, 0), 257));
        show(casePage);
        const charts = ids.map(id => {
                opened.open(id);
                tryCompare(opened, "state", CaseController.Shown);
                wait(0);
                return opened.scales.count;
            });
        verify(Math.max(...charts) > 0 && Math.min(...charts) === 0);
        office.workspace.lock();
        wait(0);
    }

    function test_aConflictIsDecidedAndLeavesTheList() {
        begin(false);
        tryCompare(office.workspace.conflicts.conflicts, "count", 2);
        const list = show(conflictsPage);
        spy.clear();
        spy.target = list;
        spy.signalName = "conflictOpened";
        // The one that waits longest comes first.
        verify(findChild(list, "conflict0").title.includes("Zenon"));
        mouseClick(findChild(list, "conflict1"));
        compare(spy.count, 1);
        office.workspace.conflicts.open(spy.signalArguments[0][0]);
        tryCompare(office.workspace.conflicts, "state", ConflictsController.Undecided);
        const page = show(conflictPage);
        compare(findChild(page, "proposal").text, office.workspace.conflicts.proposal);
        verify(findChild(page, "proposal").text.includes("świetlicy"));
        spy.clear();
        spy.target = page;
        spy.signalName = "leaving";
        mouseClick(findChild(page, "keep1"));
        tryCompare(spy, "count", 1);
        tryCompare(office.workspace.conflicts.conflicts, "count", 1);
    }

    function test_syncSaysWhatIsConfirmedAndWhatWaits() {
        begin(false);
        const page = show(syncPage);
        compare(findChild(page, "confirmed").text, "348 of 360");
        compare(findChild(page, "unsentRow").chip, "12 unsent");
        mouseClick(findChild(page, "syncNow"));
        tryCompare(findChild(page, "confirmed"), "text", "360 of 360");
        compare(findChild(page, "unsentRow").chip, "all sent");
    }

    function test_workThatIsHereAloneForADayRaisesAnAlarm() {
        begin(false);
        const fact = findChild(show(topStrip), "factUnsent");
        const page = show(syncPage);
        const alarm = findChild(page, "syncOverdue");
        compare(alarm.visible, false);
        verify(fact.dot !== Theme.dotAlarm);
        // The sample's oldest unsent change is 12 minutes old: a minute short of a day, and then the day.
        office.pass(24 * 60 - 13);
        office.workspace.lock();
        office.workspace.unlock.unlock("kalina");
        tryVerify(() => fact.visible);
        compare(alarm.visible, false);
        office.pass(1);
        office.workspace.lock();
        office.workspace.unlock.unlock("kalina");
        tryCompare(alarm, "visible", true);
        compare(alarm.tone, Tone.Alarm);
        verify(alarm.text.includes("more than a day"));
        verify(alarm.advice.includes("It is saved"), "what is safe");
        verify(alarm.advice.includes("if this device is lost"), "what is wrong");
        verify(alarm.advice.includes("synchronise"), "what to do");
        compare(fact.dot, Theme.dotAlarm);
        verify(fact.text.includes("for over a day"));
        mouseClick(findChild(page, "syncNow"));
        tryCompare(alarm, "visible", false);
        verify(fact.dot !== Theme.dotAlarm);
        office.workspace.lock();
        compare(office.workspace.sync.overdueProblem, "", "nothing is said of it behind a lock");
    }

    function unlockAgain() {
        office.workspace.lock();
        office.workspace.unlock.unlock("kalina");
        tryCompare(office.workspace.unlock, "state", UnlockController.Open);
        tryVerify(() => office.workspace.sync.known);
    }

    function test_aServerThatTakesNothingIsToldAndIsNoMissingNetwork_data() {
        return [{
                "tag": "removed",
                "why": "not-a-member",
                "advice": "ask the head of the centre"
            }, {
                "tag": "full",
                "why": "no-room",
                "advice": "the server's disk is full"
            }];
    }
    function test_aServerThatTakesNothingIsToldAndIsNoMissingNetwork(data) {
        begin(false);
        const strip = show(topStrip);
        const contact = findChild(strip, "factContact");
        const unsent = findChild(strip, "factUnsent");
        verify(contact.text.startsWith("No network"), contact.text);
        verify(unsent.dot !== Theme.dotAlarm);
        office.serverRefuses(data.why);
        unlockAgain();
        tryCompare(contact, "text", "The server takes nothing from here");
        compare(unsent.dot, Theme.dotAlarm);
        strip.width = 800;
        tryCompare(contact, "visible", false);
        compare(unsent.strong + unsent.text, "12 unsent, the server takes nothing");
        const page = show(syncPage);
        compare(page.subtitle, "Everything is saved on this device.");
        const problem = findChild(page, "syncProblem");
        compare(problem.visible, true);
        compare(problem.tone, Tone.Alarm);
        verify(problem.advice.startsWith("Everything is saved here."), "what is safe");
        verify(problem.advice.includes(data.advice), problem.advice);
    }

    function test_aServerThatWasPutBackIsNoMissingNetworkEither() {
        begin(false);
        const contact = findChild(show(topStrip), "factContact");
        office.putServerBack();
        unlockAgain();
        tryVerify(() => contact.text.startsWith("Last contact"));
        const page = show(syncPage);
        verify(findChild(page, "syncProblem").text.includes("remembers less"));
        verify(findChild(page, "syncProblem").advice.startsWith("Everything is safe on this device"));
    }

    function test_theStripKeepsTheLockInSightHoweverMuchThereIsToSay_data() {
        return [{
                "tag": "overdue",
                "happens": () => office.pass(24 * 60)
            }, {
                "tag": "refused",
                "happens": () => office.serverRefuses("not-a-member")
            }];
    }
    function test_theStripKeepsTheLockInSightHoweverMuchThereIsToSay(data) {
        begin(false);
        data.happens();
        const strip = show(topStrip);
        unlockAgain();
        const lock = findChild(strip, "factLock");
        const contact = findChild(strip, "factContact");
        const start = item => item.mapToItem(strip, 0, 0).x;
        for (const scale of [1, 2])
            for (const width of [800, Theme.narrowWidth, 1100, 1366]) {
                Theme.textScale = scale;
                strip.width = width;
                waitForRendering(strip);
                const at = "at " + width + ", letters times " + scale;
                tryVerify(() => start(lock) + lock.width <= strip.width, 2000, "the lock " + at + ": " + start(lock) + "+" + lock.width + " contact " + contact.width + " of " + contact.implicitWidth);
                for (const name of ["factSaved", "factUnsent", "factContact"]) {
                    const fact = findChild(strip, name);
                    verify(!fact.visible || start(fact) + fact.width <= start(lock), name + " " + at);
                }
                const whole = scale === 1 ? ["factSaved", "factUnsent"] : ["factSaved"];
                for (const name of whole) {
                    const fact = findChild(strip, name);
                    verify(fact.width >= fact.implicitWidth, name + " is not cut " + at);
                }
            }
    }

    function test_noTitleOfACardIsCutWithLargeLetters() {
        begin(false);
        // The longer words.
        office.workspace.settings.language = "pl";
        Theme.textScale = 2;
        const page = show(syncPage);
        const cut = item => {
            let found = item.truncated === true && item.visible ? [item.text] : [];
            for (let i = 0; i < item.children.length; ++i)
                found = found.concat(cut(item.children[i]));
            return found;
        };
        compare(cut(page).join("/"), "");
        page.anchors.fill = null;
        page.width = 800;
        waitForRendering(page);
        compare(cut(page).join("/"), "");
    }

    function test_noticesAreReadAFewAtATime() {
        begin(false);
        office.noticeEverything();
        unlockAgain();
        const sync = office.workspace.sync;
        const page = show(syncPage);
        const notice = findChild(page, "syncMessages");
        compare(notice.visible, true);
        const place = findChild(show(navRail), "navSync");
        verify(place.badge > 30, "wherever one is, it is seen that something is to be read");
        compare(place.Accessible.description, place.badge + " waiting");
        let read = [];
        while (notice.visible) {
            const paragraphs = sync.messages.split("\n\n").filter(text => !text.includes("when you have read these"));
            verify(paragraphs.length > 0 && paragraphs.length <= 4, sync.messages);
            verify(read.every(text => !paragraphs.includes(text)), "nothing is told twice");
            read = read.concat(paragraphs);
            const before = sync.messages;
            notice.acted();
            tryVerify(() => sync.messages !== before);
        }
        verify(read.length > 30, "all were told: " + read.length);
        compare(place.badge, 0);
    }

    function test_aMeetingOfWhichTheEndIsNotKnownSaysWhatCameAndWhatToDo() {
        begin(false);
        office.halfMeet();
        const page = show(syncPage);
        findChild(page, "meetAddress").text = "192.168.43.7:41207";
        findChild(page, "meetCode").text = "K7QP-3MXA";
        findChild(page, "meetCall").clicked();
        const problem = findChild(page, "meetingProblem");
        tryCompare(problem, "visible", true);
        compare(problem.tone, Tone.Waiting, "something came: nothing is wrong");
        verify(problem.text.includes("not known"));
        verify(problem.advice.includes("Let your colleague wait again"), problem.advice);
        verify(findChild(page, "meetingReport").text.includes("6 changes"));
        compare(findChild(page, "meetCode").text, "", "a code is good for one exchange");
        compare(findChild(page, "meetAddress").text, "192.168.43.7:41207");
    }

    function test_aConflictSaysForWhomItWaitsAndForHowLong() {
        begin(false);
        tryCompare(office.workspace.conflicts.conflicts, "count", 2);
        const list = show(conflictsPage);
        const first = findChild(list, "conflict0");
        verify(first.hint.includes("26 h"), first.hint);
        verify(first.hint.includes("Anna Sowa"), first.hint);
        compare(first.chip, "yours");
        verify(list.subtitle.includes("yours"));
        verify(first.Accessible.description.includes("Anna Sowa"), "it is said as well");
        const strip = show(topStrip);
        compare(findChild(strip, "factConflicts").text, "2 conflicts");
        spy.clear();
        spy.target = strip;
        spy.signalName = "conflictsRequested";
        findChild(strip, "factConflicts").forceActiveFocus();
        keyClick(Qt.Key_Return);
        compare(spy.count, 1);
        office.workspace.conflicts.open(first.key);
        tryCompare(office.workspace.conflicts, "state", ConflictsController.Undecided);
        const page = show(conflictPage);
        verify(findChild(page, "conflictOwner").text.includes("Anna Sowa"));
        spy.clear();
        spy.target = page;
        spy.signalName = "historyRequested";
        findChild(page, "conflictHistory").clicked();
        compare(spy.signalArguments[0][1].length, 32);
        office.workspace.lock();
        compare(findChild(strip, "factConflicts").visible, false);
        compare(office.workspace.conflicts.owner, "");
    }

    function test_whatChangedWhileOneWasAwayIsToldUntilItWasLookedAt() {
        begin(false);
        tryCompare(office.workspace.news, "caseCount", 2);
        const today = show(todayPage);
        compare(findChild(today, "newsCard").visible, true);
        verify(findChild(today, "news0").detail.includes("Jan Lis"));
        spy.clear();
        spy.target = today;
        spy.signalName = "changesRequested";
        findChild(today, "allNews").clicked();
        compare(spy.signalArguments[0][0], "");
        office.workspace.news.open("");
        tryCompare(office.workspace.news.changes, "count", 4);
        const page = show(changesPage);
        const row = findChild(page, "change0");
        compare(row.chip, "new");
        verify(row.detail.includes("Jan Lis"), row.detail);
        compare(findChild(page, "noChanges").visible, false);
        spy.clear();
        spy.target = page;
        spy.signalName = "recordOpened";
        row.forceActiveFocus();
        keyClick(Qt.Key_Return);
        compare(spy.count, 1);
        compare(spy.signalArguments[0][1], "visit");
        spy.clear();
        spy.signalName = "leaving";
        findChild(page, "markSeen").clicked();
        tryCompare(spy, "count", 1);
        tryCompare(office.workspace.news, "caseCount", 0);
        compare(findChild(today, "newsCard").visible, false);
        compare(findChild(page, "noChanges").visible, true);
        compare(findChild(page, "markSeen").enabled, false);
    }

    function test_aCaseSaysThatSomethingIsNewAndOnlyThatIsLookedAt() {
        begin(false);
        tryCompare(office.workspace.news, "caseCount", 2);
        office.workspace.opened.open(openZawilscy());
        tryCompare(office.workspace.opened, "state", CaseController.Shown);
        const page = show(casePage);
        const notice = findChild(page, "caseNews");
        compare(notice.visible, true);
        spy.clear();
        spy.target = page;
        spy.signalName = "changesRequested";
        notice.acted();
        compare(spy.count, 1);
        office.workspace.news.open(office.workspace.opened.caseId);
        tryVerify(() => office.workspace.news.changes.count > 0);
        compare(office.workspace.news.openCase, "Rodzina Zawilskich");
        office.workspace.news.markSeen();
        tryCompare(office.workspace.news, "caseCount", 1);
        compare(notice.visible, false);
    }

    function test_theHistoryOfARecordTellsWhoWroteWhatAndFiltersByField() {
        begin(false);
        tryCompare(office.workspace.conflicts.conflicts, "count", 2);
        const list = show(conflictsPage);
        office.workspace.conflicts.open(findChild(list, "conflict1").key);
        tryCompare(office.workspace.conflicts, "state", ConflictsController.Undecided);
        const history = office.workspace.history;
        history.open(office.workspace.conflicts.caseId, office.workspace.conflicts.recordId);
        tryCompare(history, "state", HistoryController.Shown);
        const page = show(historyPage);
        const all = history.steps.count;
        verify(all > 3);
        const newest = findChild(page, "step0");
        verify(newest.by.includes("Jan Lis"), newest.by);
        verify(newest.by.includes("tablet JL-2"), newest.by);
        verify(newest.Accessible.name.includes(newest.value));
        verify(newest.before !== "");
        compare(findChild(page, "step" + (all - 1)).field, "Added to the case");
        verify(history.fields.length > 2);
        const choices = findChild(page, "historyFields");
        findChild(choices, "choice1").clicked();
        tryVerify(() => history.steps.count < all);
        compare(findChild(page, "step0").field, history.fields[1].label);
        office.workspace.lock();
        compare(history.steps.count, 0);
        compare(history.caseTitle, "");
    }

    function test_aSynchronisationIsStoppedByThePerson() {
        begin(false);
        office.slowLine();
        const page = show(syncPage);
        const button = findChild(page, "syncNow");
        compare(button.text, "Synchronise now");
        button.clicked();
        tryCompare(button, "text", "Stop");
        compare(office.workspace.sync.state, SyncController.Syncing);
        tryCompare(findChild(page, "syncProgress"), "percent", 40);
        const moving = findChild(page, "syncMoving");
        verify(moving.visible);
        compare(moving.text, "Sent: 150.0 kB of 300.0 kB\nPhotos and files sent: 250.0 kB of 700.0 kB");
        compare(findChild(page, "syncTimeLeft").text, "About 1 min left");
        button.clicked();
        tryCompare(findChild(page, "syncStopped"), "visible", true);
        compare(moving.visible, false);
        compare(findChild(page, "syncProgress").percent, -1);
        compare(office.workspace.sync.state, SyncController.Idle);
        compare(findChild(page, "syncProblem").visible, false, "that is no failure");
        compare(button.text, "Synchronise now");
        compare(findChild(page, "unsentRow").chip, "12 unsent");
    }

    function test_syncTellsOfEachCaseAndFetchesAFile() {
        begin(false);
        const page = show(syncPage);
        const traffic = office.workspace.traffic;
        tryVerify(() => traffic.cases.count > 0);
        const first = findChild(page, "traffic0");
        verify(first.Accessible.name !== "");
        spy.clear();
        spy.target = page;
        spy.signalName = "caseOpened";
        first.forceActiveFocus();
        keyClick(Qt.Key_Return);
        compare(spy.signalArguments[0][0].length, 32);
        compare(findChild(page, "filesRow").chip, "2 unsent");
        tryCompare(traffic.holders, "count", 3);
        compare(findChild(page, "holder0").title, "Jan Lis · tablet JL-2");
        compare(findChild(page, "holder0").chip, "341 of 360");
        compare(findChild(page, "holder1").chip, "has received all of it");
        verify(findChild(page, "holder2").detail.includes("nothing yet"));
        tryCompare(traffic.awaited, "count", 1);
        const fetch = findChild(page, "fetch0");
        verify(fetch.Accessible.name.includes("orzeczenie.pdf"));
        fetch.clicked();
        tryCompare(findChild(page, "confirmed"), "text", "360 of 360");
        page.destroy();
        tryCompare(traffic, "watched", false);
    }

    function test_workIsCarriedOnAStickAndTakenInFromOne() {
        begin(false);
        const page = show(syncPage);
        const carry = office.workspace.carry;
        const write = findChild(page, "writeBundle");
        compare(write.enabled, false, "without a folder");
        findChild(page, "bundleFolder").text = "/media/full";
        write.clicked();
        tryCompare(findChild(page, "bundleProblem"), "visible", true);
        verify(findChild(page, "bundleProblem").advice.includes("safe"));
        findChild(page, "bundleFolder").text = "/media/stick";
        write.clicked();
        tryCompare(findChild(page, "bundleReport"), "visible", true);
        compare(findChild(page, "bundleProblem").visible, false);
        verify(findChild(page, "bundleReport").text.includes("teren.bundle"));
        carry.take("/media/stick/other.bundle");
        tryCompare(findChild(page, "bundleProblem"), "visible", true);
        verify(findChild(page, "bundleProblem").advice.includes("Nothing was changed"));
        carry.take("/media/stick/damaged.bundle");
        tryVerify(() => findChild(page, "bundleProblem").text.includes("damaged"));
        carry.take("/media/stick/theirs.bundle");
        tryCompare(findChild(page, "bundleReport"), "text", "Taken in: 14 changes.");
        office.workspace.lock();
        compare(carry.report, "");
    }

    function test_workThatDoesNotCountIsShownAndEnteredAgain() {
        begin(false);
        const apart = office.workspace.apart;
        const page = show(apartPage);
        apart.open();
        tryCompare(apart.work, "count", 1);
        const row = findChild(page, "apart0");
        compare(row.chip, "not taken");
        verify(row.more.includes("kuratorem"), row.more);
        verify(row.Accessible.description.includes("kuratorem"), "it is said as well");
        findChild(row, "act").forceActiveFocus();
        keyClick(Qt.Key_Return);
        tryCompare(apart.work, "count", 0);
        compare(findChild(page, "apartReport").visible, true);
        compare(findChild(page, "nothingApart").visible, true);
        apart.leave();
        compare(apart.report, "");
    }

    function test_goingOnWithoutSomebodysWorkIsAskedFirst() {
        begin(false);
        const apart = office.workspace.apart;
        const page = show(apartPage);
        apart.open();
        tryCompare(apart.missing, "count", 1);
        const row = findChild(page, "missing0");
        verify(row.detail.includes("Jan Lis"), row.detail);
        findChild(row, "act").clicked();
        tryCompare(findChild(page, "goOnQuestion"), "visible", true);
        verify(findChild(page, "goOnQuestion").text.includes("3 changes"), findChild(page, "goOnQuestion").text);
        findChild(page, "goOnNot").clicked();
        compare(findChild(page, "goOnQuestion").visible, false);
        compare(apart.missing.count, 1, "nothing was done");
        findChild(row, "act").clicked();
        findChild(page, "goOn").clicked();
        tryCompare(apart.missing, "count", 0);
        compare(findChild(page, "apartReport").visible, true);
        office.workspace.lock();
        compare(apart.report, "");
    }

    function test_whatWasSignedTwiceIsWrittenIntoAFile() {
        begin(false);
        const apart = office.workspace.apart;
        const page = show(apartPage);
        apart.open();
        const write = findChild(page, "writeEvidence");
        compare(write.enabled, false, "without a folder");
        findChild(page, "evidenceFolder").text = "/media/full";
        write.clicked();
        tryCompare(findChild(page, "apartProblem"), "visible", true);
        findChild(page, "evidenceFolder").text = "/media/stick";
        write.clicked();
        tryCompare(findChild(page, "apartReport"), "text", "There is nothing to prove.");
        findChild(page, "evidenceFolder").text = "/media/forked";
        write.clicked();
        tryVerify(() => findChild(page, "apartReport").text.includes("teren.evidence"));
    }

    function test_twoDevicesInOneRoomExchange() {
        begin(false);
        const meeting = office.workspace.meeting;
        const page = show(syncPage);
        const wait = findChild(page, "meetWait");
        wait.clicked();
        tryCompare(findChild(page, "meetingCode"), "text", "K7QP-3MXA");
        compare(findChild(page, "meetingAddress").text, "192.168.43.7:41207");
        compare(wait.text, "Stop waiting");
        for (const other of ["meetAddress", "meetCode", "meetCall"])
            compare(findChild(page, other).visible, false, "who waits types nothing");
        wait.clicked();
        tryCompare(meeting, "state", MeetingController.Idle);
        verify(findChild(page, "meetAddress").visible);
        compare(findChild(page, "meetingProblem").visible, false, "that is no failure");
        compare(findChild(page, "meetingCode").visible, false);
        const call = findChild(page, "meetCall");
        compare(call.enabled, false, "without address and code");
        findChild(page, "meetAddress").text = "192.168.43.7:41207";
        findChild(page, "meetCode").text = "AAAA-AAAA";
        call.clicked();
        tryCompare(findChild(page, "meetingProblem"), "visible", true);
        verify(findChild(page, "meetingProblem").advice.includes("Nothing was changed"));
        findChild(page, "meetCode").text = "K7QP-3MXA";
        call.clicked();
        tryCompare(findChild(page, "meetingReport"), "visible", true);
        verify(findChild(page, "meetingReport").text.includes("6 changes"));
        wait.clicked();
        tryCompare(meeting, "code", "K7QP-3MXA");
        office.workspace.lock();
        compare(meeting.code, "", "a code is told to nobody behind a lock");
    }

    function test_everyControlHasAName_data() {
        return [{
                "tag": "unlock",
                "page": unlockPage
            }, {
                "tag": "profiles",
                "page": profilesPage
            }, {
                "tag": "restore",
                "page": restorePage
            }, {
                "tag": "new profile",
                "page": newProfilePage
            }, {
                "tag": "recover",
                "page": recoverPage
            }, {
                "tag": "recovery code",
                "page": recoveryCodePage
            }, {
                "tag": "today",
                "page": todayPage
            }, {
                "tag": "cases",
                "page": casesPage
            }, {
                "tag": "case",
                "page": casePage
            }, {
                "tag": "conflicts",
                "page": conflictsPage
            }, {
                "tag": "changes",
                "page": changesPage
            }, {
                "tag": "history",
                "page": historyPage
            }, {
                "tag": "apart",
                "page": apartPage
            }, {
                "tag": "sync",
                "page": syncPage
            }, {
                "tag": "settings",
                "page": settingsPage
            }];
    }
    // Everything on a page that takes the keyboard, also what has to be scrolled to.
    function stopsOf(item) {
        let found = [];
        if (item.visible && item.enabled && item.activeFocusOnTab)
            found.push(item);
        for (let i = 0; i < item.children.length; ++i)
            found = found.concat(stopsOf(item.children[i]));
        return found;
    }
    // Something in it shows that it has the keyboard: a ring, or the edge of a field.
    function showsFocus(item) {
        if (item.background && item.background.border && item.background.border.width === 2 && Qt.colorEqual(item.background.border.color, Theme.primary))
            return true;
        if (item.visible && item instanceof FocusRing)
            return item.shown;
        for (let i = 0; i < item.children.length; ++i)
            if (showsFocus(item.children[i]))
                return true;
        return false;
    }
    function test_aPageIsWalkedByTheKeyboardAlone_data() {
        return [{
                "tag": "apart",
                "page": apartPage,
                "open": () => {
                    office.partWork();
                    office.workspace.apart.open();
                    tryVerify(() => office.workspace.apart.work.count > 3 && office.workspace.apart.missing.count > 0);
                }
            }, {
                "tag": "sync, refused, with notices",
                "page": syncPage,
                "open": () => {
                    office.serverRefuses("not-a-member");
                    office.noticeEverything();
                    unlockAgain();
                }
            }, {
                "tag": "conflicts",
                "page": conflictsPage,
                "open": () => tryCompare(office.workspace.conflicts.conflicts, "count", 2)
            }, {
                "tag": "conflict",
                "page": conflictPage,
                "open": openConflict
            }, {
                "tag": "history",
                "page": historyPage,
                "open": () => {
                    openConflict();
                    office.workspace.history.open(office.workspace.conflicts.caseId, office.workspace.conflicts.recordId);
                    tryCompare(office.workspace.history, "state", HistoryController.Shown);
                }
            }, {
                "tag": "changes",
                "page": changesPage,
                "open": () => {
                    office.workspace.news.open("");
                    tryCompare(office.workspace.news.changes, "count", 4);
                }
            }];
    }
    function openConflict() {
        tryCompare(office.workspace.conflicts.conflicts, "count", 2);
        office.workspace.conflicts.open(findChild(show(conflictsPage), "conflict1").key);
        tryCompare(office.workspace.conflicts, "state", ConflictsController.Undecided);
    }
    function test_aPageIsWalkedByTheKeyboardAlone(data) {
        begin(false);
        data.open();
        const page = show(data.page);
        compare(nameless(page), []);
        const wanted = stopsOf(page);
        verify(wanted.length > 1, "something takes the keyboard");
        wanted[0].forceActiveFocus(Qt.TabFocusReason);
        const reached = [];
        for (let item = wanted[0]; !reached.includes(item) && reached.length <= wanted.length; ) {
            reached.push(item);
            verify(showsFocus(item), "it is seen that the keyboard is at " + (item.objectName || item));
            const place = item.mapToItem(page, 0, Math.min(item.height, 40) / 2);
            verify(place.y >= 0 && place.y <= page.height, "it is on the screen: " + (item.objectName || item));
            keyClick(Qt.Key_Tab);
            item = page.Window.activeFocusItem;
        }
        compare(wanted.filter(item => !reached.includes(item)).map(item => item.objectName || String(item)), []);
    }
    function test_everyControlHasAName(data) {
        begin(false);
        compare(nameless(show(data.page)), []);
    }
}
