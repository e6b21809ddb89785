<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CaseDelegate</name>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n unsent</numerusform>
            <numerusform>%n unsent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CasePage</name>
    <message numerus="yes">
        <source>%n field(s) of this case have two versions.</source>
        <translation>
            <numerusform>%n field of this case has two versions.</numerusform>
            <numerusform>%n fields of this case have two versions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) of this case are new to you.</source>
        <translation>
            <numerusform>%n change of this case is new to you.</numerusform>
            <numerusform>%n changes of this case are new to you.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CasesPage</name>
    <message numerus="yes">
        <source>%n case(s) on this device</source>
        <translation>
            <numerusform>%n case on this device</numerusform>
            <numerusform>%n cases on this device</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConflictsPage</name>
    <message numerus="yes">
        <source>%n conflict(s) to decide</source>
        <translation>
            <numerusform>%n conflict to decide</numerusform>
            <numerusform>%n conflicts to decide</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them yours</source>
        <translation>
            <numerusform>%n of them yours</numerusform>
            <numerusform>%n of them yours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LossWords</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s) of this profile could not be backed up.</source>
        <translation>
            <numerusform>%n attachment of this profile could not be backed up.</numerusform>
            <numerusform>%n attachments of this profile could not be backed up.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s) cannot be brought back from this backup.</source>
        <translation>
            <numerusform>%n attachment cannot be brought back from this backup.</numerusform>
            <numerusform>%n attachments cannot be brought back from this backup.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s) could not be brought back from the backup.</source>
        <translation>
            <numerusform>%n attachment could not be brought back from the backup.</numerusform>
            <numerusform>%n attachments could not be brought back from the backup.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of attachments cannot be brought back from this backup.</source>
        <translation>
            <numerusform>%n file of attachments cannot be brought back from this backup.</numerusform>
            <numerusform>%n files of attachments cannot be brought back from this backup.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NavItem</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message numerus="yes">
        <source>aged %n</source>
        <translation>
            <numerusform>aged %n</numerusform>
            <numerusform>aged %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n unsent</numerusform>
            <numerusform>%n unsent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message numerus="yes">
        <source>%n conflict(s) to decide</source>
        <translation>
            <numerusform>%n conflict to decide</numerusform>
            <numerusform>%n conflicts to decide</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopStrip</name>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n unsent</numerusform>
            <numerusform>%n unsent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n day(s) overdue</source>
        <translation>
            <numerusform>%n day overdue</numerusform>
            <numerusform>%n days overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n week(s)</source>
        <translation>
            <numerusform>in %n week</numerusform>
            <numerusform>in %n weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::AlarmController</name>
    <message numerus="yes">
        <source>%n thing(s) are not as Teren wrote them.</source>
        <translation>
            <numerusform>%n thing is not as Teren wrote it.</numerusform>
            <numerusform>%n things are not as Teren wrote them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::ApartController</name>
    <message numerus="yes">
        <source>Go on in “%1” without %n change(s) of %2?</source>
        <translation>
            <numerusform>Go on in “%1” without %n change of %2?</numerusform>
            <numerusform>Go on in “%1” without %n changes of %2?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) wait</source>
        <translation>
            <numerusform>%n change waits</numerusform>
            <numerusform>%n changes wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::BackupsController</name>
    <message numerus="yes">
        <source>Made %1, %2, %n file(s).</source>
        <translation>
            <numerusform>Made %1, %2, %n file.</numerusform>
            <numerusform>Made %1, %2, %n files.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::CarryController</name>
    <message numerus="yes">
        <source>The office has confirmed %n of your changes.</source>
        <translation>
            <numerusform>The office has confirmed one of your changes.</numerusform>
            <numerusform>The office has confirmed %n of your changes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken in: %n change(s).</source>
        <translation>
            <numerusform>Taken in: %n change.</numerusform>
            <numerusform>Taken in: %n changes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its disk is full: %n part(s) of your work were not taken. They are saved here and offered again. Tell the person who looks after the office&apos;s Teren to make room.</source>
        <translation>
            <numerusform>Its disk is full: %n part of your work was not taken. It is saved here and offered again. Tell the person who looks after the office&apos;s Teren to make room.</numerusform>
            <numerusform>Its disk is full: %n parts of your work were not taken. They are saved here and offered again. Tell the person who looks after the office&apos;s Teren to make room.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) of your work were not taken. They are saved here and offered again. Tell the person who looks after the office&apos;s Teren.</source>
        <translation>
            <numerusform>%n part of your work was not taken. It is saved here and offered again. Tell the person who looks after the office&apos;s Teren.</numerusform>
            <numerusform>%n parts of your work were not taken. They are saved here and offered again. Tell the person who looks after the office&apos;s Teren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) rest on what has not arrived here yet, and come later.</source>
        <translation>
            <numerusform>%n part rests on what has not arrived here yet, and comes later.</numerusform>
            <numerusform>%n parts rest on what has not arrived here yet, and come later.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::DeviceController</name>
    <message numerus="yes">
        <source>of memory, %n time(s) over</source>
        <translation>
            <numerusform>of memory, once</numerusform>
            <numerusform>of memory, %n times over</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::FormController</name>
    <message numerus="yes">
        <source>%n answer(s) need a correction. The draft is kept.</source>
        <translation>
            <numerusform>%n answer needs a correction. The draft is kept.</numerusform>
            <numerusform>%n answers need a correction. The draft is kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) were written by somebody else meanwhile. Choose one of the two there.</source>
        <translation>
            <numerusform>%n answer was written by somebody else meanwhile. Choose one of the two there.</numerusform>
            <numerusform>%n answers were written by somebody else meanwhile. Choose one of the two there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::MeetingController</name>
    <message numerus="yes">
        <source>You have met. Taken in: %n change(s).</source>
        <translation>
            <numerusform>You have met. Taken in: %n change.</numerusform>
            <numerusform>You have met. Taken in: %n changes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::NewsController</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n case(s)</source>
        <translation>
            <numerusform>in %n case</numerusform>
            <numerusform>in %n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::SyncController</name>
    <message numerus="yes">
        <source>The office&apos;s server does not take %n of your changes.</source>
        <translation>
            <numerusform>The office&apos;s server does not take %n of your changes.</numerusform>
            <numerusform>The office&apos;s server does not take %n of your changes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) of others could not be accepted.</source>
        <translation>
            <numerusform>%n change of others could not be accepted.</numerusform>
            <numerusform>%n changes of others could not be accepted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n unsent</numerusform>
            <numerusform>%n unsent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not here</source>
        <translation>
            <numerusform>%n not here</numerusform>
            <numerusform>%n not here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n whole on this device</source>
        <translation>
            <numerusform>%n whole on this device</numerusform>
            <numerusform>%n whole on this device</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still to come</source>
        <translation>
            <numerusform>%n still to come</numerusform>
            <numerusform>%n still to come</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more come(s) when you have read these.</source>
        <translation>
            <numerusform>%n more comes when you have read these.</numerusform>
            <numerusform>%n more come when you have read these.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::TodayController</name>
    <message numerus="yes">
        <source>%n visit(s)</source>
        <translation>
            <numerusform>%n visit</numerusform>
            <numerusform>%n visits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::TrafficController</name>
    <message numerus="yes">
        <source>and %n more case(s), with less to wait for</source>
        <translation>
            <numerusform>and %n more case, with less to wait for</numerusform>
            <numerusform>and %n more cases, with less to wait for</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n change(s) wait for work from %2.</source>
        <translation>
            <numerusform>%1: %n change waits for work from %2.</numerusform>
            <numerusform>%1: %n changes wait for work from %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for others&apos; work</source>
        <translation>
            <numerusform>%n waits for others&apos; work</numerusform>
            <numerusform>%n wait for others&apos; work</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n unsent</numerusform>
            <numerusform>%n unsent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::UnlockController</name>
    <message numerus="yes">
        <source>The next try is possible in %n second(s).</source>
        <translation>
            <numerusform>The next try is possible in %n second.</numerusform>
            <numerusform>The next try is possible in %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The next try is possible in %n minute(s).</source>
        <translation>
            <numerusform>The next try is possible in %n minute.</numerusform>
            <numerusform>The next try is possible in %n minutes.</numerusform>
        </translation>
    </message>
</context>
</TS>
