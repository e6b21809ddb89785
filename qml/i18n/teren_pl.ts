<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pl" sourcelanguage="en">
<context>
    <name>ActRow</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>%1 (needed)</source>
        <translation>%1 (potrzebne)</translation>
    </message>
    <message>
        <source>two versions</source>
        <translation>dwie wersje</translation>
    </message>
    <message>
        <source>Two versions of this answer wait for a decision, under Conflicts. Until then it stays as it is.</source>
        <translation>Dwie wersje tej odpowiedzi czekają na decyzję w zakładce Konflikty. Do tego czasu zostaje bez zmian.</translation>
    </message>
    <message>
        <source>There is none in this case yet.</source>
        <translation>W tej sprawie jeszcze nic takiego nie ma.</translation>
    </message>
</context>
<context>
    <name>ApartPage</name>
    <message>
        <source>Nothing of it is lost: it is kept. It is shown to whoever wrote it and to who supervises; what the server has lost, to everybody who opens the case.</source>
        <translation>Nic z tego nie zginęło: jest zachowane. Widzi to autor oraz osoba nadzorująca; to, co utracił serwer, widzi każdy, kto otwiera sprawę.</translation>
    </message>
    <message>
        <source>Work that does not count or is missing</source>
        <translation>Praca, która się nie liczy albo której brakuje</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Wstecz</translation>
    </message>
    <message>
        <source>Go on without it</source>
        <translation>Idź dalej bez tego</translation>
    </message>
    <message>
        <source>Wait for it</source>
        <translation>Czekaj dalej</translation>
    </message>
    <message>
        <source>Does not count</source>
        <translation>Nie liczy się</translation>
    </message>
    <message>
        <source>All work on this device counts.</source>
        <translation>Cała praca na tym urządzeniu się liczy.</translation>
    </message>
    <message>
        <source>Enter it again</source>
        <translation>Wpisz ponownie</translation>
    </message>
    <message>
        <source>Waited for</source>
        <translation>Na co się tu czeka</translation>
    </message>
    <message>
        <source>Nothing here waits for anybody&apos;s work.</source>
        <translation>Nic tu nie czeka na niczyją pracę.</translation>
    </message>
    <message>
        <source>Go on without it …</source>
        <translation>Idź dalej bez tego…</translation>
    </message>
    <message>
        <source>Signed twice</source>
        <translation>Podpisane dwa razy</translation>
    </message>
    <message>
        <source>Where the server, or a device, has signed two things that exclude each other, this device keeps both. A file with them lets anybody check it.</source>
        <translation>Jeśli serwer albo urządzenie podpisało dwie rzeczy, które się wykluczają, to urządzenie przechowuje obie. Plik z nimi pozwala każdemu to sprawdzić.</translation>
    </message>
    <message>
        <source>Folder for the proof</source>
        <translation>Folder na dowód</translation>
    </message>
    <message>
        <source>Write the proof</source>
        <translation>Zapisz dowód</translation>
    </message>
</context>
<context>
    <name>AttachmentCard</name>
    <message>
        <source>No photo and no file yet.</source>
        <translation>Nie ma jeszcze zdjęć ani plików.</translation>
    </message>
    <message>
        <source>Photos and files</source>
        <translation>Zdjęcia i pliki</translation>
    </message>
    <message>
        <source>Add a photo or file</source>
        <translation>Dodaj zdjęcie lub plik</translation>
    </message>
    <message>
        <source>A photo or file for this case</source>
        <translation>Zdjęcie lub plik do tej sprawy</translation>
    </message>
    <message>
        <source>They are kept encrypted. What a photo says about place and time is taken out.</source>
        <translation>Są przechowywane zaszyfrowane. Informacje o miejscu i czasie są usuwane ze zdjęć.</translation>
    </message>
    <message>
        <source>Show all %1</source>
        <translation>Pokaż wszystkie (%1)</translation>
    </message>
    <message>
        <source>Adding the file, encrypted; you can go on working.</source>
        <translation>Dodawanie pliku, zaszyfrowanego; możesz pracować dalej.</translation>
    </message>
</context>
<context>
    <name>AttachmentPage</name>
    <message>
        <source>Photos and files</source>
        <translation>Zdjęcia i pliki</translation>
    </message>
    <message>
        <source>This file is not in the case any more</source>
        <translation>Tego pliku nie ma już w sprawie</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Opis</translation>
    </message>
    <message>
        <source>To open it with another program, save a copy outside of Teren.</source>
        <translation>Żeby otworzyć go innym programem, zapisz kopię poza Terenem.</translation>
    </message>
    <message>
        <source>Teren shows photos and pictures; this is another kind of file.</source>
        <translation>Teren pokazuje zdjęcia i obrazy; to jest inny rodzaj pliku.</translation>
    </message>
    <message>
        <source>Photo: %1</source>
        <translation>Zdjęcie: %1</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Powiększ</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Cały obraz</translation>
    </message>
    <message>
        <source>Save a copy outside of Teren …</source>
        <translation>Zapisz kopię poza Terenem…</translation>
    </message>
    <message>
        <source>Take it out of the case …</source>
        <translation>Usuń ze sprawy…</translation>
    </message>
    <message>
        <source>A copy that is not encrypted</source>
        <translation>Kopia, która nie jest zaszyfrowana</translation>
    </message>
    <message>
        <source>Whoever gets the folder or the stick can open the copy, without any passphrase. Save it only where you answer for it, and delete it when you need it no more.</source>
        <translation>Każdy, kto dostanie folder lub pendrive, otworzy kopię bez żadnego hasła. Zapisz ją tylko tam, gdzie za nią odpowiadasz, i usuń, gdy przestanie być potrzebna.</translation>
    </message>
    <message>
        <source>Folder for the copy</source>
        <translation>Folder na kopię</translation>
    </message>
    <message>
        <source>Save it, not encrypted</source>
        <translation>Zapisz bez szyfrowania</translation>
    </message>
    <message>
        <source>Rather not</source>
        <translation>Jednak nie</translation>
    </message>
    <message>
        <source>Take “%1” out of the case?</source>
        <translation>Usunąć „%1” ze sprawy?</translation>
    </message>
    <message>
        <source>Nobody of your office sees it in the case any more. That it was there and who took it out stays in the history.</source>
        <translation>Nikt z Twojego ośrodka nie będzie go już widział w sprawie. To, że tam był i kto go usunął, zostaje w historii.</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>Usuń ze sprawy</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Zostaw</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historia</translation>
    </message>
</context>
<context>
    <name>AwaitedCard</name>
    <message>
        <source>Photos and files</source>
        <translation>Zdjęcia i pliki</translation>
    </message>
    <message>
        <source>Records are not touched by that. It is tried again with the next synchronisation. For the person who looks after the office&apos;s Teren: %1</source>
        <translation>Wpisów to nie dotyczy. Próba powtórzy się przy następnej synchronizacji. Dla osoby, która opiekuje się Terenem w ośrodku: %1</translation>
    </message>
    <message>
        <source>Some photos or files could not travel.</source>
        <translation>Niektórych zdjęć lub plików nie udało się przesłać.</translation>
    </message>
    <message>
        <source>%1 · comes with the next synchronisation</source>
        <translation>%1 · przyjdzie z następną synchronizacją</translation>
    </message>
    <message>
        <source>%1 · not on this device</source>
        <translation>%1 · nie ma na tym urządzeniu</translation>
    </message>
    <message>
        <source>Fetch “%1” now</source>
        <translation>Pobierz teraz „%1”</translation>
    </message>
    <message>
        <source>Fetch now</source>
        <translation>Pobierz teraz</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Razem</translation>
    </message>
</context>
<context>
    <name>BackupCard</name>
    <message>
        <source>Backup</source>
        <translation>Kopia zapasowa</translation>
    </message>
    <message>
        <source>No backup was made of this profile yet. A backup is encrypted like the profile itself, and holds what was not sent yet as well.</source>
        <translation>Tego profilu jeszcze nie kopiowano. Kopia jest zaszyfrowana tak jak sam profil i zawiera też to, czego jeszcze nie wysłano.</translation>
    </message>
    <message>
        <source>Last backup: %1. A backup is encrypted like the profile itself, and holds what was not sent yet as well.</source>
        <translation>Ostatnia kopia: %1. Kopia jest zaszyfrowana tak jak sam profil i zawiera też to, czego jeszcze nie wysłano.</translation>
    </message>
    <message>
        <source>Folder for the backup, best on a stick</source>
        <translation>Folder na kopię, najlepiej na pendrivie</translation>
    </message>
    <message>
        <source>Make a backup</source>
        <translation>Zrób kopię</translation>
    </message>
    <message>
        <source>Writing the backup; you can go on working. Do not pull out the stick.</source>
        <translation>Zapisywanie kopii; można dalej pracować. Nie wyjmuj pendrive’a.</translation>
    </message>
</context>
<context>
    <name>BackupChoice</name>
    <message>
        <source>Folder with backups, best on a stick</source>
        <translation>Folder z kopiami, najlepiej na pendrivie</translation>
    </message>
    <message>
        <source>Look for backups</source>
        <translation>Poszukaj kopii</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>wybrana</translation>
    </message>
</context>
<context>
    <name>BackupTrouble</name>
    <message>
        <source>For whoever looks after the devices: %1</source>
        <translation>Dla osoby, która opiekuje się urządzeniami: %1</translation>
    </message>
</context>
<context>
    <name>CarryCard</name>
    <message>
        <source>Carry on a stick</source>
        <translation>Przeniesienie na pendrivie</translation>
    </message>
    <message>
        <source>Where no network reaches, a sealed file brings your work to the office or to a colleague, and theirs to you. Whoever finds it reads nothing in it. Photos and files do not go along.</source>
        <translation>Gdzie nie ma zasięgu, zapieczętowany plik zaniesie Twoją pracę do ośrodka albo do współpracownika, a ich pracę do Ciebie. Kto go znajdzie, niczego w nim nie przeczyta. Zdjęcia i pliki nie są w nim przenoszone.</translation>
    </message>
    <message>
        <source>Folder for the file, best on a stick</source>
        <translation>Folder na plik, najlepiej na pendrivie</translation>
    </message>
    <message>
        <source>Only what is not confirmed yet: enough for the server</source>
        <translation>Tylko to, co jeszcze niepotwierdzone: serwerowi wystarczy</translation>
    </message>
    <message>
        <source>Write the file</source>
        <translation>Zapisz plik</translation>
    </message>
    <message>
        <source>Take a file in …</source>
        <translation>Przyjmij plik…</translation>
    </message>
    <message>
        <source>A file that a colleague or the office made</source>
        <translation>Plik od współpracownika lub z ośrodka</translation>
    </message>
</context>
<context>
    <name>CaseDelegate</name>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n konflikt</numerusform>
            <numerusform>%n konflikty</numerusform>
            <numerusform>%n konfliktów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n niewysłana</numerusform>
            <numerusform>%n niewysłane</numerusform>
            <numerusform>%n niewysłanych</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CasePage</name>
    <message>
        <source>This case is not on this device</source>
        <translation>Tej sprawy nie ma na tym urządzeniu</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>Nowa wizyta</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Rozstrzygnij</translation>
    </message>
    <message>
        <source>Both versions are kept until someone decides.</source>
        <translation>Obie wersje są zachowane, dopóki ktoś nie zdecyduje.</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) of this case have two versions.</source>
        <translation>
            <numerusform>%n pole tej sprawy ma dwie wersje.</numerusform>
            <numerusform>%n pola tej sprawy mają dwie wersje.</numerusform>
            <numerusform>%n pól tej sprawy ma dwie wersje.</numerusform>
        </translation>
    </message>
    <message>
        <source>Scales 1–10</source>
        <translation>Skale 1–10</translation>
    </message>
    <message>
        <source>Add a mark</source>
        <translation>Dodaj ocenę</translation>
    </message>
    <message>
        <source>Marks given by the family and the institutions appear here as lines.</source>
        <translation>Oceny rodziny i instytucji pojawią się tu jako linie.</translation>
    </message>
    <message>
        <source>Nothing was scaled yet.</source>
        <translation>Niczego jeszcze nie oceniono.</translation>
    </message>
    <message>
        <source>Expectations Card</source>
        <translation>Karta Oczekiwań</translation>
    </message>
    <message>
        <source>Fill in</source>
        <translation>Wypełnij</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Otwórz</translation>
    </message>
    <message>
        <source>It is written with the family, in their own words.</source>
        <translation>Powstaje razem z rodziną, jej własnymi słowami.</translation>
    </message>
    <message>
        <source>There is no Card yet.</source>
        <translation>Nie ma jeszcze Karty.</translation>
    </message>
    <message>
        <source>Last written: %1</source>
        <translation>Ostatnia zmiana: %1</translation>
    </message>
    <message>
        <source>No visit and no contact yet.</source>
        <translation>Nie było jeszcze wizyty ani kontaktu.</translation>
    </message>
    <message>
        <source>Visits and contacts</source>
        <translation>Wizyty i kontakty</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>Dodaj notatkę</translation>
    </message>
    <message>
        <source>No goals and tasks yet.</source>
        <translation>Nie ma jeszcze celów ani zadań.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Add a goal</source>
        <translation>Dodaj cel</translation>
    </message>
    <message>
        <source>Add a task</source>
        <translation>Dodaj zadanie</translation>
    </message>
    <message>
        <source>Nobody was entered yet.</source>
        <translation>Nikogo jeszcze nie wpisano.</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>Rodzina i dom</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Dodaj osobę</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historia</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Pokaż</translation>
    </message>
    <message>
        <source>By others, since you last looked.</source>
        <translation>Zmiany innych osób od ostatniego sprawdzenia.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) of this case are new to you.</source>
        <translation>
            <numerusform>%n zmiana w tej sprawie jest nowa.</numerusform>
            <numerusform>%n zmiany w tej sprawie są nowe.</numerusform>
            <numerusform>%n zmian w tej sprawie jest nowych.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CasesPage</name>
    <message>
        <source>Choose the case this contact belongs to.</source>
        <translation>Wybierz sprawę, której dotyczy ten kontakt.</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) on this device</source>
        <translation>
            <numerusform>%n sprawa na tym urządzeniu</numerusform>
            <numerusform>%n sprawy na tym urządzeniu</numerusform>
            <numerusform>%n spraw na tym urządzeniu</numerusform>
        </translation>
    </message>
    <message>
        <source>Whose contact?</source>
        <translation>Z kim kontakt?</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Sprawy</translation>
    </message>
    <message>
        <source>+ New case</source>
        <translation>+ Nowa sprawa</translation>
    </message>
    <message>
        <source>New case</source>
        <translation>Nowa sprawa</translation>
    </message>
    <message>
        <source>Person or family</source>
        <translation>Osoba lub rodzina</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numer</translation>
    </message>
    <message>
        <source>Number; left empty, Teren gives one</source>
        <translation>Numer; puste pole – nada go Teren</translation>
    </message>
    <message>
        <source>Open the case</source>
        <translation>Załóż sprawę</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nie teraz</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Szukaj</translation>
    </message>
    <message>
        <source>Search in names, numbers, places and everything written</source>
        <translation>Szukaj w nazwach, numerach, miejscowościach i całej treści</translation>
    </message>
    <message>
        <source>Open one with “New case”, or synchronise to receive those of your office.</source>
        <translation>Załóż pierwszą przyciskiem „Nowa sprawa” albo zsynchronizuj, by otrzymać sprawy ośrodka.</translation>
    </message>
    <message>
        <source>Accents and capitals do not matter. Fewer letters find more.</source>
        <translation>Ogonki i wielkość liter nie mają znaczenia. Mniej liter znajdzie więcej.</translation>
    </message>
    <message>
        <source>There are no cases on this device yet.</source>
        <translation>Na tym urządzeniu nie ma jeszcze spraw.</translation>
    </message>
    <message>
        <source>Nothing found for “%1”.</source>
        <translation>Nic nie znaleziono dla „%1”.</translation>
    </message>
</context>
<context>
    <name>ChangesPage</name>
    <message>
        <source>Who changed what on other devices, newest first. This list is kept on this device only, and nobody else sees what you have looked at.</source>
        <translation>Kto i co zmienił na innych urządzeniach, od najnowszych. Ta lista jest tylko na tym urządzeniu i nikt inny nie widzi, co tu już obejrzano.</translation>
    </message>
    <message>
        <source>Changed while you were away</source>
        <translation>Co się zmieniło</translation>
    </message>
    <message>
        <source>I have seen it</source>
        <translation>Przejrzane</translation>
    </message>
    <message>
        <source>What others write appears here after the next synchronisation.</source>
        <translation>To, co napiszą inni, pojawi się tu po następnej synchronizacji.</translation>
    </message>
    <message>
        <source>Nothing has changed since you last looked.</source>
        <translation>Od ostatniego sprawdzenia nic się nie zmieniło.</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Pokaż więcej</translation>
    </message>
</context>
<context>
    <name>CheckBackupCard</name>
    <message>
        <source>Check a backup</source>
        <translation>Sprawdź kopię</translation>
    </message>
    <message>
        <source>A backup that nobody ever checked is a hope. Checking reads every byte of it; with its passphrase it is also restored for trial, and removed again.</source>
        <translation>Kopia, której nikt nie sprawdził, to tylko nadzieja. Sprawdzanie czyta każdy jej bajt; z jej hasłem także odtwarza ją na próbę i usuwa.</translation>
    </message>
    <message>
        <source>Passphrase of the backup, or nothing</source>
        <translation>Hasło kopii albo nic</translation>
    </message>
    <message>
        <source>Reading the backup.</source>
        <translation>Odczytywanie kopii.</translation>
    </message>
    <message>
        <source>Check it</source>
        <translation>Sprawdź</translation>
    </message>
</context>
<context>
    <name>ChoiceAnswer</name>
    <message>
        <source>Yes</source>
        <translation>Tak</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nie</translation>
    </message>
</context>
<context>
    <name>ConflictPage</name>
    <message>
        <source>%1 · %2 · field “%3”</source>
        <translation>%1 · %2 · pole „%3”</translation>
    </message>
    <message>
        <source>Both are saved. Nothing is lost: choose one, join them or write a third. Your decision will be signed and stay in the history.</source>
        <translation>Obie są zapisane. Nic nie zginie: wybierz jedną, połącz albo napisz trzecią. Twoja decyzja będzie podpisana i widoczna w historii.</translation>
    </message>
    <message>
        <source>This was decided meanwhile</source>
        <translation>To już rozstrzygnięto</translation>
    </message>
    <message>
        <source>Two versions of the same field</source>
        <translation>Dwie wersje tego samego pola</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Wróć do listy</translation>
    </message>
    <message>
        <source>What both had seen</source>
        <translation>Wersja wyjściowa</translation>
    </message>
    <message>
        <source>What both had seen · %1</source>
        <translation>Wersja wyjściowa · %1</translation>
    </message>
    <message>
        <source>The field was empty.</source>
        <translation>Pole było puste.</translation>
    </message>
    <message>
        <source>Joined version</source>
        <translation>Propozycja połączenia</translation>
    </message>
    <message>
        <source>Or</source>
        <translation>Albo</translation>
    </message>
    <message>
        <source>Save the joined one</source>
        <translation>Zapisz połączoną</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Zostaw obie</translation>
    </message>
    <message>
        <source>I will decide later</source>
        <translation>Zdecyduję później</translation>
    </message>
    <message>
        <source>Putting it off changes nothing: both versions stay.</source>
        <translation>Odłożenie niczego nie zmienia: obie wersje zostają.</translation>
    </message>
    <message>
        <source>A third version</source>
        <translation>Trzecia wersja</translation>
    </message>
    <message>
        <source>Save this version</source>
        <translation>Zapisz tę wersję</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historia</translation>
    </message>
    <message>
        <source>Waits for %1 · %2</source>
        <translation>Czeka na: %1 · %2</translation>
    </message>
    <message>
        <source>Of two states the one that lets people do least counts, so that nothing happens that somebody has forbidden.</source>
        <translation>Z dwóch stanów liczy się ten, który pozwala na mniej, żeby nie stało się nic, czego ktoś zabronił.</translation>
    </message>
    <message>
        <source>Until it is decided, “%1” counts.</source>
        <translation>Do czasu decyzji obowiązuje „%1”.</translation>
    </message>
</context>
<context>
    <name>ConflictsPage</name>
    <message>
        <source>Both versions are saved. Decide when you can; it works without a network.</source>
        <translation>Obie wersje są zapisane. Zdecyduj, kiedy możesz; działa to bez sieci.</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Konflikty</translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s) to decide</source>
        <translation>
            <numerusform>%n konflikt do decyzji</numerusform>
            <numerusform>%n konflikty do decyzji</numerusform>
            <numerusform>%n konfliktów do decyzji</numerusform>
        </translation>
    </message>
    <message>
        <source>When two people change the same field without a network, both versions appear here.</source>
        <translation>Gdy dwie osoby bez sieci zmienią to samo pole, obie wersje pojawią się tutaj.</translation>
    </message>
    <message>
        <source>There is nothing to decide.</source>
        <translation>Nie ma nic do rozstrzygnięcia.</translation>
    </message>
    <message>
        <source>%1, “%2” – %3</source>
        <translation>%1, „%2” – %3</translation>
    </message>
    <message numerus="yes">
        <source>%n of them yours</source>
        <translation>
            <numerusform>%n z nich czeka na Ciebie</numerusform>
            <numerusform>%n z nich czekają na Ciebie</numerusform>
            <numerusform>%n z nich czeka na Ciebie</numerusform>
        </translation>
    </message>
    <message>
        <source>none of them yours</source>
        <translation>żaden nie czeka na Ciebie</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>Twoja decyzja</translation>
    </message>
    <message>
        <source>Waits for %1 · %2</source>
        <translation>Czeka na: %1 · %2</translation>
    </message>
</context>
<context>
    <name>DateAnswer</name>
    <message>
        <source>YYYY-MM-DD</source>
        <translation>RRRR-MM-DD</translation>
    </message>
    <message>
        <source>%1: today</source>
        <translation>%1: dzisiaj</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Dziś</translation>
    </message>
</context>
<context>
    <name>DeviceCard</name>
    <message>
        <source>What is on this device</source>
        <translation>Co jest na tym urządzeniu</translation>
    </message>
    <message>
        <source>Do not keep anybody&apos;s data in it. Make a profile anew for real work.</source>
        <translation>Nie przechowuj w nim niczyich danych. Do prawdziwej pracy utwórz nowy profil.</translation>
    </message>
    <message>
        <source>Reading all of it shows whether anything was changed from outside, or spoiled by the disk.</source>
        <translation>Przeczytanie wszystkiego pokaże, czy coś zmieniono z zewnątrz albo zepsuł dysk.</translation>
    </message>
    <message>
        <source>Check this profile</source>
        <translation>Sprawdź ten profil</translation>
    </message>
</context>
<context>
    <name>EntryCard</name>
    <message>
        <source>Show all %1</source>
        <translation>Pokaż wszystkie: %1</translation>
    </message>
</context>
<context>
    <name>FilePicker</name>
    <message>
        <source>The folder above</source>
        <translation>Folder wyżej</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>W górę</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>folder</translation>
    </message>
    <message>
        <source>There is nothing in this folder.</source>
        <translation>W tym folderze nic nie ma.</translation>
    </message>
    <message>
        <source>There are no folders in this folder.</source>
        <translation>W tym folderze nie ma folderów.</translation>
    </message>
    <message>
        <source>There is more in this folder than is shown.</source>
        <translation>W tym folderze jest więcej, niż widać.</translation>
    </message>
    <message>
        <source>Choose this folder</source>
        <translation>Wybierz ten folder</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nie teraz</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Choose …</source>
        <translation>Wybierz…</translation>
    </message>
</context>
<context>
    <name>FormPage</name>
    <message>
        <source>new</source>
        <translation>nowy wpis</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>szkic</translation>
    </message>
    <message>
        <source>draft, kept %1</source>
        <translation>szkic zapisany %1</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Wstecz</translation>
    </message>
    <message>
        <source>Discard the draft</source>
        <translation>Porzuć szkic</translation>
    </message>
    <message>
        <source>Kept on this device at every answer. Save puts it into the case.</source>
        <translation>Szkic zapisuje się na urządzeniu przy każdej odpowiedzi. „Zapisz” wpisze go do sprawy.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Zapisz</translation>
    </message>
    <message>
        <source>No photo and no file belongs to this yet.</source>
        <translation>Nie należą do tego jeszcze żadne zdjęcia ani pliki.</translation>
    </message>
    <message>
        <source>Photos and files can be added here as soon as this is saved.</source>
        <translation>Zdjęcia i pliki można tu dodać, gdy tylko to zostanie zapisane.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historia</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Every value that was written here, newest first. Nothing is ever taken out of it.</source>
        <translation>Wszystko, co tu kiedykolwiek wpisano, od najnowszego. Niczego się stąd nie usuwa.</translation>
    </message>
    <message>
        <source>History: %1</source>
        <translation>Historia: %1</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historia</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Wstecz</translation>
    </message>
</context>
<context>
    <name>HistoryStep</name>
    <message>
        <source>%1: was “%2”</source>
        <translation>%1: było „%2”</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2, before: %3</source>
        <translation>%1: %2, przedtem: %3</translation>
    </message>
    <message>
        <source>Before: %1</source>
        <translation>Przedtem: %1</translation>
    </message>
</context>
<context>
    <name>LineAnswer</name>
    <message>
        <source>9:30</source>
        <translation>9:30</translation>
    </message>
</context>
<context>
    <name>LossWords</name>
    <message>
        <source>%1, case %2</source>
        <translation>%1, sprawa %2</translation>
    </message>
    <message>
        <source>%1 (its small picture only)</source>
        <translation>%1 (tylko miniatura)</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>i jeszcze %n</numerusform>
            <numerusform>i jeszcze %n</numerusform>
            <numerusform>i jeszcze %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s) of this profile could not be backed up.</source>
        <translation>
            <numerusform>%n załącznika z tego profilu nie udało się skopiować.</numerusform>
            <numerusform>%n załączników z tego profilu nie udało się skopiować.</numerusform>
            <numerusform>%n załączników z tego profilu nie udało się skopiować.</numerusform>
        </translation>
    </message>
    <message>
        <source>On this device they are missing, or were changed from outside. All the rest is in the backup. Keep your earlier backups, they may hold them, and call the person who looks after the devices.</source>
        <translation>Na tym urządzeniu brakuje ich albo zostały zmienione z zewnątrz. Cała reszta jest w kopii. Zachowaj wcześniejsze kopie, mogą je zawierać, i zadzwoń do osoby, która opiekuje się urządzeniami.</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s) cannot be brought back from this backup.</source>
        <translation>
            <numerusform>%n załącznika nie da się przywrócić z tej kopii.</numerusform>
            <numerusform>%n załączników nie da się przywrócić z tej kopii.</numerusform>
            <numerusform>%n załączników nie da się przywrócić z tej kopii.</numerusform>
        </translation>
    </message>
    <message>
        <source>In the backup they are missing, or were changed from outside. All the rest can be brought back. The profile on this device is not touched by it: make a new backup, and keep this one until that is checked.</source>
        <translation>W kopii brakuje ich albo zostały zmienione z zewnątrz. Całą resztę da się przywrócić. Profilu na tym urządzeniu to nie dotyczy: wykonaj nową kopię, a tę zachowaj, dopóki nowa nie zostanie sprawdzona.</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s) could not be brought back from the backup.</source>
        <translation>
            <numerusform>%n załącznika nie udało się przywrócić z kopii.</numerusform>
            <numerusform>%n załączników nie udało się przywrócić z kopii.</numerusform>
            <numerusform>%n załączników nie udało się przywrócić z kopii.</numerusform>
        </translation>
    </message>
    <message>
        <source>All the rest is here. Keep the backup, and look for them in an earlier one or on the old device; whoever added them may still have the files.</source>
        <translation>Cała reszta jest tutaj. Zachowaj kopię i poszukaj ich we wcześniejszej kopii albo na starym urządzeniu; osoba, która je dodała, może nadal mieć te pliki.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of attachments cannot be brought back from this backup.</source>
        <translation>
            <numerusform>%n pliku załączników nie da się przywrócić z tej kopii.</numerusform>
            <numerusform>%n plików załączników nie da się przywrócić z tej kopii.</numerusform>
            <numerusform>%n plików załączników nie da się przywrócić z tej kopii.</numerusform>
        </translation>
    </message>
    <message>
        <source>Which attachments those are shows with its passphrase.</source>
        <translation>Których załączników to dotyczy, widać po podaniu jej hasła.</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Put away</source>
        <translation>Schowaj</translation>
    </message>
</context>
<context>
    <name>MeetingCard</name>
    <message>
        <source>A colleague in the same room</source>
        <translation>Współpracownik w tym samym pokoju</translation>
    </message>
    <message>
        <source>Both devices in one network, a phone&apos;s for example: one waits and shows an address and a code, the other types them. Each gets what the other has and may be read there. The office confirms nothing by that.</source>
        <translation>Oba urządzenia w jednej sieci, na przykład z telefonu: jedno czeka i pokazuje adres i kod, na drugim się je wpisuje. Każde dostaje to, co ma drugie i co wolno na nim czytać. Ośrodek niczego w ten sposób nie potwierdza.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adres</translation>
    </message>
    <message>
        <source>Code, good for this once</source>
        <translation>Kod, ważny tylko ten raz</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>Przestań czekać</translation>
    </message>
    <message>
        <source>Wait for a colleague</source>
        <translation>Czekaj na współpracownika</translation>
    </message>
    <message>
        <source>Address that the other device shows</source>
        <translation>Adres, który pokazuje drugie urządzenie</translation>
    </message>
    <message>
        <source>Code that the other device shows</source>
        <translation>Kod, który pokazuje drugie urządzenie</translation>
    </message>
    <message>
        <source>Exchange with it</source>
        <translation>Wymień się</translation>
    </message>
</context>
<context>
    <name>NavItem</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n czeka</numerusform>
            <numerusform>%n czekają</numerusform>
            <numerusform>%n czeka</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NavRail</name>
    <message>
        <source>Navigation</source>
        <translation>Nawigacja</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Dziś</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Sprawy</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Konflikty</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Wysyłka</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ustawienia</translation>
    </message>
</context>
<context>
    <name>NewPassphrase</name>
    <message>
        <source>New passphrase</source>
        <translation>Nowe hasło</translation>
    </message>
    <message>
        <source>Strength: %1</source>
        <translation>Siła hasła: %1</translation>
    </message>
    <message>
        <source>Best are four or more words that have nothing to do with one another, such as you alone would put together.</source>
        <translation>Najlepsze są co najmniej cztery słowa, które nie mają ze sobą nic wspólnego i które tylko Ty byś tak zestawił(a).</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>To samo jeszcze raz</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Hasła się różnią.</translation>
    </message>
    <message>
        <source>Show what I type</source>
        <translation>Pokaż, co piszę</translation>
    </message>
</context>
<context>
    <name>NewProfilePage</name>
    <message>
        <source>New profile</source>
        <translation>Nowy profil</translation>
    </message>
    <message>
        <source>Your first name and surname</source>
        <translation>Twoje imię i nazwisko</translation>
    </message>
    <message>
        <source>Show my name in the list of this device</source>
        <translation>Pokazuj moje nazwisko na liście tego urządzenia</translation>
    </message>
    <message>
        <source>Measuring this device and making the profile. This takes some seconds on purpose.</source>
        <translation>Trwa pomiar urządzenia i tworzenie profilu. Kilka sekund to celowe opóźnienie.</translation>
    </message>
    <message>
        <source>Nobody can open the profile without the passphrase, and nobody can send it to you. Next you get a recovery code for the drawer.</source>
        <translation>Bez hasła nikt nie otworzy profilu i nikt nie może Ci go przysłać. W następnym kroku dostaniesz kod odzyskiwania do schowania.</translation>
    </message>
    <message>
        <source>Make the profile</source>
        <translation>Utwórz profil</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Wróć</translation>
    </message>
</context>
<context>
    <name>NoticeWords</name>
    <message>
        <source>This profile was restored from a backup. The old device, if it still exists, has the same keys, and they are valid. If it was lost, stolen or given away, tell whoever manages the members, so that it is removed, and join anew on this device; if you have it, use one of the two and delete the profile on the other.</source>
        <translation>Ten profil odtworzono z kopii. Stare urządzenie, jeśli jeszcze istnieje, ma te same klucze i są one ważne. Jeśli zginęło, zostało skradzione lub oddane, powiedz o tym osobie zarządzającej członkami, żeby je usunęła, i dołącz na tym urządzeniu od nowa; jeśli je masz, używaj jednego z dwóch, a na drugim usuń profil.</translation>
    </message>
    <message>
        <source>A copy of this device, with its keys, has begun to work: this profile was restored from a backup or put back to an older state somewhere. If you did not do that, or the old device was lost, stolen or given away, its keys are in other hands: have the device removed, and join anew.</source>
        <translation>Zaczęła działać kopia tego urządzenia, z jego kluczami: gdzieś odtworzono ten profil z kopii albo cofnięto go do starszego stanu. Jeśli to nie Ty albo jeśli stare urządzenie zginęło, zostało skradzione lub oddane, jego klucze są w obcych rękach: poproś o usunięcie urządzenia i dołącz od nowa.</translation>
    </message>
    <message>
        <source>This profile was put back to an older state, from a backup or a copy. Nothing was lost: the server sent again what was missing here. If you restored it yourself, nothing is left to do; if not, tell the administrator, and use no copy of this profile.</source>
        <translation>Ten profil cofnięto do starszego stanu, z kopii zapasowej lub z odpisu. Nic nie zginęło: serwer przysłał ponownie to, czego tu brakowało. Jeśli to Twoje odtworzenie, nie trzeba nic robić; jeśli nie, powiedz administratorowi i nie używaj żadnej kopii tego profilu.</translation>
    </message>
    <message>
        <source>This profile is in use in two places: a copy of it has sent other work. Nothing was lost: the server sent again what was missing here. If you restored it yourself, nothing is left to do; if not, tell the administrator, and use no copy of this profile.</source>
        <translation>Ten profil działa w dwóch miejscach: jego kopia wysłała inną pracę. Nic nie zginęło: serwer przysłał ponownie to, czego tu brakowało. Jeśli to Twoje odtworzenie, nie trzeba nic robić; jeśli nie, powiedz administratorowi i nie używaj żadnej kopii tego profilu.</translation>
    </message>
    <message>
        <source>The search did not show all that the records hold (%1 of them); it was made anew from them. Nothing was lost.</source>
        <translation>Wyszukiwanie nie pokazywało wszystkiego, co jest we wpisach (dotyczyło to %1); zbudowano je z nich od nowa. Nic nie zginęło.</translation>
    </message>
    <message>
        <source>When this profile was opened, something in its folder was not as Teren wrote it. What you see is right, and what you write is kept. Make a backup, and tell the person who looks after the devices: %1.</source>
        <translation>Przy otwarciu tego profilu coś w jego folderze nie było takie, jakie zapisał Teren. To, co widzisz, jest prawdziwe, a to, co piszesz, jest zachowywane. Zrób kopię i przekaż osobie, która opiekuje się urządzeniami: %1.</translation>
    </message>
    <message>
        <source>This device&apos;s clock was behind the office&apos;s when they were last in contact. Nothing is lost by that, but what is written here is shown with a wrong time. Set the date and the time of this device.</source>
        <translation>Przy ostatnim kontakcie zegar tego urządzenia spóźniał się względem zegara ośrodka. Nic przez to nie ginie, ale to, co tu zapisano, jest pokazywane z błędnym czasem. Ustaw datę i godzinę na tym urządzeniu.</translation>
    </message>
    <message>
        <source>This device&apos;s clock was ahead of the office&apos;s when they were last in contact. Nothing is lost by that, but what is written here is shown with a wrong time. Set the date and the time of this device.</source>
        <translation>Przy ostatnim kontakcie zegar tego urządzenia spieszył się względem zegara ośrodka. Nic przez to nie ginie, ale to, co tu zapisano, jest pokazywane z błędnym czasem. Ustaw datę i godzinę na tym urządzeniu.</translation>
    </message>
    <message>
        <source>What was written on this device bears a time that its clock has not reached. The clock was ahead then, or is behind now. Nothing is lost by that: check the date and the time of this device.</source>
        <translation>To, co zapisano na tym urządzeniu, nosi czas, do którego jego zegar jeszcze nie doszedł. Zegar spieszył się wtedy albo spóźnia się teraz. Nic przez to nie ginie: sprawdź datę i godzinę na tym urządzeniu.</translation>
    </message>
    <message>
        <source>The office no longer takes what this device writes: it was restored or put back, and is not a member any more. Everything is saved here. Tell whoever manages the members.</source>
        <translation>Ośrodek nie przyjmuje już tego, co pisze to urządzenie: zostało odtworzone lub cofnięte i nie jest już członkiem. Wszystko jest tu zapisane. Powiedz osobie zarządzającej członkami.</translation>
    </message>
    <message>
        <source>Some cases that were shared with this device cannot be opened on it. Tell whoever shared them.</source>
        <translation>Niektórych spraw udostępnionych temu urządzeniu nie da się na nim otworzyć. Powiedz osobie, która je udostępniła.</translation>
    </message>
    <message>
        <source>For 7 days work has waited for earlier work of another device (%4). Where: %1. Nothing is lost. Ask whether that device can be brought to a network; if it is gone for good, whoever supervises can have the rest go on without it.</source>
        <translation>Od 7 dni praca czeka na wcześniejszą pracę z innego urządzenia (%4). Gdzie: %1. Nic nie zginęło. Zapytaj, czy to urządzenie da się połączyć z siecią; jeśli przepadło na dobre, osoba nadzorująca może zdecydować, że reszta pójdzie dalej bez niej.</translation>
    </message>
    <message>
        <source>The server told what colleagues&apos; devices have received, in words that those devices have not signed. None of them was taken. Tell the administrator.</source>
        <translation>Serwer podał, co odebrały urządzenia innych osób, ale te urządzenia tego nie podpisały. Niczego z tego nie przyjęto. Powiedz administratorowi.</translation>
    </message>
    <message>
        <source>Work that came here from a colleague and not from the server does not count: the device that it was written on (%1) has been removed since. It counts again if it turns out that the server had it before. Where: %3. It is kept on this device.</source>
        <translation>Praca, która trafiła tu od innej osoby, a nie z serwera, nie liczy się: urządzenie, na którym powstała (%1), tymczasem usunięto. Będzie się liczyć, jeśli okaże się, że serwer miał ją wcześniej. Gdzie: %3. Jest zachowana na tym urządzeniu.</translation>
    </message>
    <message>
        <source>The server has shown one history to this device and another to another device (%3), and has signed both. Both are kept and can be given to others as evidence. It was put back to an older state, or it shows people different things: ask whoever runs it.</source>
        <translation>Serwer pokazał temu urządzeniu jedną historię, a innemu urządzeniu (%3) inną, i obie podpisał. Obie są zachowane i można je przekazać innym jako dowód. Albo cofnięto go do starszego stanu, albo pokazuje różnym osobom różne rzeczy: zapytaj osobę prowadzącą serwer.</translation>
    </message>
    <message>
        <source>The server was put back to an older state, or shows another history than it did before. Changes of this device that count as unsent until the server has confirmed them again: %6. Changes of others that are sent to it if it lacks them: %7. All of it is kept on this device. Tell the administrator.</source>
        <translation>Serwer cofnięto do starszego stanu albo pokazuje on inną historię niż przedtem. Zmiany z tego urządzenia, które liczą się jako niewysłane, dopóki serwer znów ich nie potwierdzi: %6. Zmiany innych osób, które zostaną mu wysłane, jeśli ich nie ma: %7. Wszystko jest zachowane na tym urządzeniu. Powiedz administratorowi.</translation>
    </message>
    <message>
        <source>Work that came here from a colleague does not count: the server has other work of the same device (%1) in its place, and that counts. Where: %3. The former is kept on this device. Open “What does not count, what is missing …” on the page of synchronisation, read it, and enter again what is still true: its author may not have it any more.</source>
        <translation>Praca, która trafiła tu od innej osoby, nie liczy się: serwer ma na jej miejscu inną pracę z tego samego urządzenia (%1) i to ona się liczy. Gdzie: %3. Tamta praca jest zachowana na tym urządzeniu. Na stronie synchronizacji otwórz „Co się nie liczy, czego brakuje…”, przeczytaj ją i wpisz ponownie to, co nadal jest aktualne: jej autor może jej już nie mieć.</translation>
    </message>
    <message>
        <source>The server has lost work of a device (%1), and has taken other work of that device in its place since: that counts now. Where: %3. The lost work is kept on this device. Open “What does not count, what is missing …” on the page of synchronisation, read it, and enter again what is still true: its author may not have it any more.</source>
        <translation>Serwer utracił pracę z jednego z urządzeń (%1), a potem przyjął na jej miejsce inną pracę z tego urządzenia: teraz liczy się ta druga. Gdzie: %3. Utracona praca jest zachowana na tym urządzeniu. Na stronie synchronizacji otwórz „Co się nie liczy, czego brakuje…”, przeczytaj ją i wpisz ponownie to, co nadal jest aktualne: jej autor może jej już nie mieć.</translation>
    </message>
    <message>
        <source>A key that this device was given does not open (%1). What it is for cannot be read here; nothing of it is lost. Tell whoever shared it.</source>
        <translation>Klucz przekazany temu urządzeniu nie działa (%1). Nie da się tu przeczytać tego, do czego służy; nic z tego nie zginęło. Powiedz osobie, która to udostępniła.</translation>
    </message>
    <message>
        <source>A key that this device was given is another one than was announced (%1), and was not taken. What it is for cannot be read here; nothing of it is lost. Tell the administrator.</source>
        <translation>Klucz przekazany temu urządzeniu jest inny niż zapowiedziany (%1) i nie został przyjęty. Nie da się tu przeczytać tego, do czego służy; nic z tego nie zginęło. Powiedz administratorowi.</translation>
    </message>
    <message>
        <source>Another device (%1) has seen another history of changes than the server has shown to this device: the server shows different histories, or that device lies. What is on this device is kept. Tell the administrator.</source>
        <translation>Inne urządzenie (%1) widziało inną historię zmian niż ta, którą serwer pokazał temu urządzeniu: albo serwer pokazuje różne historie, albo tamto urządzenie podaje nieprawdę. To, co jest na tym urządzeniu, jest zachowane. Powiedz administratorowi.</translation>
    </message>
    <message>
        <source>Another device (%1) has seen other decisions about the members of the office than the server has shown to this device: the server shows different histories, or that device lies. What is on this device is kept. Tell the administrator.</source>
        <translation>Inne urządzenie (%1) widziało inne decyzje o członkach ośrodka niż te, które serwer pokazał temu urządzeniu: albo serwer pokazuje różne historie, albo tamto urządzenie podaje nieprawdę. To, co jest na tym urządzeniu, jest zachowane. Powiedz administratorowi.</translation>
    </message>
    <message>
        <source>Work of this device waits for work of a colleague that does not count any more. What is entered now, and what had not been sent, goes on beside it. Nothing was lost; what was sent already counts again once whoever supervises has decided on what it waits for.</source>
        <translation>Praca z tego urządzenia czeka na pracę innej osoby, która już się nie liczy. To, co wpisujesz teraz, i to, co nie było wysłane, idzie dalej niezależnie od tego. Nic nie zginęło; to, co już wysłano, będzie znów się liczyć, gdy osoba nadzorująca zdecyduje o tym, na co czeka.</translation>
    </message>
    <message>
        <source>The server was put back to an older state, and colleagues have opened cases or decided about members since. This device takes over what the server has now and decides again what was lost. Cases opened: %2. Decisions about members, invitations or work: %3. Nothing is missing on this device; what was given up is kept. Tell the administrator.</source>
        <translation>Serwer cofnięto do starszego stanu, a inne osoby zakładały już potem sprawy lub decydowały o członkach. To urządzenie przejmuje to, co serwer ma teraz, i ponawia utracone decyzje. Założone sprawy: %2. Decyzje o członkach, zaproszeniach lub pracy: %3. Na tym urządzeniu niczego nie brakuje; to, z czego zrezygnowano, jest zachowane. Powiedz administratorowi.</translation>
    </message>
    <message>
        <source>A device (%1) was restored from a backup or put back to an older state, or a copy of it is in use. Ask its owner. If nobody of you did that, or the old device was lost, stolen or given away, its keys are in other hands: have the device removed, and its owner join anew.</source>
        <translation>Jedno z urządzeń (%1) odtworzono z kopii lub cofnięto do starszego stanu albo działa jego kopia. Zapytaj jego właściciela. Jeśli nikt z Was tego nie zrobił albo stare urządzenie zginęło, zostało skradzione lub oddane, jego klucze są w obcych rękach: usuńcie to urządzenie, a właściciel niech dołączy od nowa.</translation>
    </message>
    <message>
        <source>The server has other keys. They were accepted on another device (%1), and the server&apos;s former keys confirm them. There is nothing to do.</source>
        <translation>Serwer ma nowe klucze. Przyjęto je na innym urządzeniu (%1), a potwierdzają je poprzednie klucze serwera. Nie trzeba nic robić.</translation>
    </message>
    <message>
        <source>The server has other keys. Two administrators have accepted them, the last one on another device (%1), because the former keys are said to be lost. If the head of the centre does not know of it, ask both.</source>
        <translation>Serwer ma nowe klucze. Przyjęło je dwoje administratorów, ostatnio na innym urządzeniu (%1), bo poprzednie klucze podobno przepadły. Jeśli osoba kierująca ośrodkiem o tym nie wie, zapytaj oboje.</translation>
    </message>
    <message>
        <source>Keys with which this device would let others read were not taken: the members have changed meanwhile. Nothing is lost. If a colleague cannot open a case, tell whoever manages the members.</source>
        <translation>Nie przyjęto kluczy, którymi to urządzenie chciało dopuścić innych do czytania: członkowie tymczasem się zmienili. Nic nie zginęło. Jeśli ktoś nie może otworzyć sprawy, powiedz osobie zarządzającej członkami.</translation>
    </message>
    <message>
        <source>An invitation that was made on this device is not in force: it does not fit what others have decided meanwhile. If it is still wanted, make a new one.</source>
        <translation>Zaproszenie utworzone na tym urządzeniu nie obowiązuje: nie zgadza się z tym, co tymczasem zdecydowali inni. Jeśli jest nadal potrzebne, utwórz nowe.</translation>
    </message>
    <message>
        <source>The end of an invitation that was decided on this device is not in force: it does not fit what others have decided meanwhile. Look whether the invitation is still open.</source>
        <translation>Unieważnienie zaproszenia, zdecydowane na tym urządzeniu, nie obowiązuje: nie zgadza się z tym, co tymczasem zdecydowali inni. Sprawdź, czy zaproszenie jest nadal otwarte.</translation>
    </message>
    <message>
        <source>A device that was let in here is not in: that does not fit what others have decided meanwhile. If it is still to be let in, invite it anew.</source>
        <translation>Urządzenie przyjęte tutaj nie zostało przyjęte do ośrodka: nie zgadza się to z tym, co tymczasem zdecydowali inni. Jeśli nadal ma zostać przyjęte, zaproś je od nowa.</translation>
    </message>
    <message>
        <source>The removal of a device (%1) that was decided here is not in force: it does not fit what others have decided meanwhile. Look whether it is still a member, and remove it again if need be.</source>
        <translation>Usunięcie urządzenia (%1), zdecydowane tutaj, nie obowiązuje: nie zgadza się z tym, co tymczasem zdecydowali inni. Sprawdź, czy jest nadal członkiem, i w razie potrzeby usuń je ponownie.</translation>
    </message>
    <message>
        <source>The opening of a case on this device (%1) does not fit what others have decided meanwhile, and the office does not have that case. What was written in it is saved here. Tell the administrator.</source>
        <translation>Założenie sprawy na tym urządzeniu (%1) nie zgadza się z tym, co tymczasem zdecydowali inni, i ośrodek nie ma tej sprawy. To, co w niej zapisano, jest zachowane tutaj. Powiedz administratorowi.</translation>
    </message>
    <message>
        <source>It was decided here that work does not count (device: %1, where: %2). That is not in force: it does not fit what others have decided meanwhile. Look at it again, and decide again if need be.</source>
        <translation>Zdecydowano tutaj, że praca się nie liczy (urządzenie: %1, gdzie: %2). Ta decyzja nie obowiązuje: nie zgadza się z tym, co tymczasem zdecydowali inni. Obejrzyj to ponownie i w razie potrzeby zdecyduj jeszcze raz.</translation>
    </message>
    <message>
        <source>Other keys of the server that were accepted here are not in force: that does not fit what others have decided meanwhile. Compare the server&apos;s keys again, together with whoever runs it.</source>
        <translation>Nowe klucze serwera przyjęte tutaj nie obowiązują: nie zgadza się to z tym, co tymczasem zdecydowali inni. Porównaj klucze serwera ponownie, razem z osobą, która go prowadzi.</translation>
    </message>
    <message>
        <source>A decision that was made on this device is not in force: it does not fit what others have decided meanwhile. Tell the administrator.</source>
        <translation>Decyzja podjęta na tym urządzeniu nie obowiązuje: nie zgadza się z tym, co tymczasem zdecydowali inni. Powiedz administratorowi.</translation>
    </message>
    <message>
        <source>Another device (%1) says that the server was put back to an older state. What it has lost and the office&apos;s devices hold is sent to it again. Synchronise as always.</source>
        <translation>Inne urządzenie (%1) podaje, że serwer cofnięto do starszego stanu. To, co utracił, a co mają urządzenia ośrodka, jest mu wysyłane ponownie. Synchronizuj jak zwykle.</translation>
    </message>
    <message>
        <source>Another device (%1) says that the server was put back to an older state, and has lost decisions about members or cases. What was written after them is taken by the rights that are in force here. If the server was not put back, tell the administrator.</source>
        <translation>Inne urządzenie (%1) podaje, że serwer cofnięto do starszego stanu i że utracił on decyzje o członkach lub sprawach. To, co napisano po nich, przyjmuje się według uprawnień, które obowiązują tutaj. Jeśli serwera nie cofnięto, powiedz administratorowi.</translation>
    </message>
    <message>
        <source>a device without a name here</source>
        <translation>urządzenie bez nazwy</translation>
    </message>
    <message>
        <source>case %1</source>
        <translation>sprawa %1</translation>
    </message>
    <message>
        <source>case %1, removed from this device</source>
        <translation>sprawa %1, usunięta z tego urządzenia</translation>
    </message>
    <message>
        <source>a case that has not arrived on this device</source>
        <translation>sprawa, której jeszcze nie ma na tym urządzeniu</translation>
    </message>
    <message>
        <source>the records of the office</source>
        <translation>wpisy ośrodka</translation>
    </message>
    <message>
        <source>The server again has all of a case that is not on this device and that it had lost (%1). Nothing of that case is lost, and it can be fetched to this device again.</source>
        <translation>Serwer znów ma całą sprawę, której nie ma na tym urządzeniu, a którą wcześniej utracił (%1). Nic z tej sprawy nie przepadło i można ją znów pobrać na to urządzenie.</translation>
    </message>
    <message>
        <source>The server was put back to an older state, or shows another history than it did before. Changes of this device that count as unsent until the server has confirmed them again: %6. Changes of others that are sent to it if it lacks them: %7. All of these are kept on this device. Changes that the server has lost and this device had removed, because a backup of the server on another machine held them: %8. Do not call them lost: tell the administrator, have the operator restore that backup, and let the colleagues who still have the case synchronise.</source>
        <translation>Serwer cofnięto do starszego stanu albo pokazuje on inną historię niż przedtem. Zmiany z tego urządzenia, które liczą się jako niewysłane, dopóki serwer znów ich nie potwierdzi: %6. Zmiany innych osób, które zostaną mu wysłane, jeśli ich nie ma: %7. Wszystkie te zmiany są zachowane na tym urządzeniu. Zmiany, które serwer utracił, a z tego urządzenia usunięto, bo mieściła je kopia serwera na innej maszynie: %8. Nie uznawaj ich za stracone: powiedz administratorowi, poproś osobę prowadzącą serwer o odtworzenie tej kopii, a osoby, które nadal mają tę sprawę, o synchronizację.</translation>
    </message>
</context>
<context>
    <name>OfficeHint</name>
    <message>
        <source>Waiting to be let in</source>
        <translation>Czeka na przyjęcie</translation>
    </message>
    <message>
        <source>This profile belongs to no office yet</source>
        <translation>Ten profil nie należy jeszcze do żadnego ośrodka</translation>
    </message>
    <message>
        <source>Read this code to the person who invited you. Nothing can be written before the office has let this device in.</source>
        <translation>Przeczytaj ten kod osobie, która Cię zaprosiła. Dopóki ośrodek nie przyjmie tego urządzenia, nic nie można zapisać.</translation>
    </message>
    <message>
        <source>Cases appear here when an office has let this device in. Ask a colleague there for an invitation. Taking it up is not possible in this window yet: close Teren and run this in a terminal, with the invitation in place of INVITATION:</source>
        <translation>Sprawy pojawią się tutaj, gdy ośrodek przyjmie to urządzenie. Poproś kogoś z ośrodka o zaproszenie. W tym oknie nie można go jeszcze przyjąć: zamknij Teren i wpisz w terminalu to polecenie, z zaproszeniem w miejscu INVITATION:</translation>
    </message>
    <message>
        <source>Teren asks by itself every few minutes whether you were let in; “Synchronise now” asks at once.</source>
        <translation>Teren sam co kilka minut sprawdza, czy ośrodek Cię przyjął; „Synchronizuj teraz” sprawdza od razu.</translation>
    </message>
    <message>
        <source>It shows a code of ten characters to read to that person. Whoever opens a new office for a centre does so with “terenctl workspace create”.</source>
        <translation>Polecenie pokaże kod z dziesięciu znaków: przeczytaj go tej osobie. Nowy ośrodek zakłada się poleceniem „terenctl workspace create”.</translation>
    </message>
</context>
<context>
    <name>PassphraseCard</name>
    <message>
        <source>Passphrase</source>
        <translation>Hasło</translation>
    </message>
    <message>
        <source>It opens this profile on this device and nowhere else. Nobody can send it to you.</source>
        <translation>Otwiera ten profil na tym urządzeniu i nigdzie indziej. Nikt nie może Ci go przysłać.</translation>
    </message>
    <message>
        <source>A backup made before still opens with the former one.</source>
        <translation>Kopię zrobioną wcześniej nadal otwiera poprzednie hasło.</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>Zmień hasło</translation>
    </message>
    <message>
        <source>Present passphrase</source>
        <translation>Obecne hasło</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Zmień</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>Zostaw bez zmian</translation>
    </message>
</context>
<context>
    <name>ProfilesPage</name>
    <message>
        <source>Several people can use this device, each with an encrypted profile of their own.</source>
        <translation>Z tego urządzenia może korzystać kilka osób, każda z własnym zaszyfrowanym profilem.</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>Kto się odblokowuje?</translation>
    </message>
    <message>
        <source>Welcome to Teren</source>
        <translation>Witamy w programie Teren</translation>
    </message>
    <message>
        <source>There is no profile on this device yet. Make one to begin; afterwards your office lets it in.</source>
        <translation>Na tym urządzeniu nie ma jeszcze profilu. Utwórz go na początek; potem Twój ośrodek go dopuści.</translation>
    </message>
    <message>
        <source>A profile without a shown name</source>
        <translation>Profil bez pokazywanego nazwiska</translation>
    </message>
    <message>
        <source>Make a new profile</source>
        <translation>Utwórz nowy profil</translation>
    </message>
    <message>
        <source>Bring a profile back from a backup</source>
        <translation>Odtwórz profil z kopii</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Working</source>
        <translation>Trwa praca</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>two versions</source>
        <translation>dwie wersje</translation>
    </message>
    <message>
        <source>unsent</source>
        <translation>niewysłane</translation>
    </message>
    <message numerus="yes">
        <source>aged %n</source>
        <translation>
            <numerusform>%n rok</numerusform>
            <numerusform>%n lata</numerusform>
            <numerusform>%n lat</numerusform>
        </translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Wizyta</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notatka</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>filled in</source>
        <translation>wypełniona</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>family %1</source>
        <translation>rodzina %1</translation>
    </message>
    <message>
        <source>institution %1</source>
        <translation>instytucja %1</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Tak</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nie</translation>
    </message>
</context>
<context>
    <name>RecoverPage</name>
    <message>
        <source>Profile: %1</source>
        <translation>Profil: %1</translation>
    </message>
    <message>
        <source>Forgot the passphrase</source>
        <translation>Nie pamiętam hasła</translation>
    </message>
    <message>
        <source>Type the recovery code from the paper. It stays valid; only the passphrase is replaced.</source>
        <translation>Przepisz kod odzyskiwania z kartki. Kod pozostaje ważny; zmieni się tylko hasło.</translation>
    </message>
    <message>
        <source>Recovery code: seven groups of five characters</source>
        <translation>Kod odzyskiwania: siedem grup po pięć znaków</translation>
    </message>
    <message>
        <source>Set the new passphrase and unlock</source>
        <translation>Ustaw nowe hasło i odblokuj</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Wstecz</translation>
    </message>
</context>
<context>
    <name>RecoveryCode</name>
    <message>
        <source>Make a recovery code</source>
        <translation>Utwórz kod odzyskiwania</translation>
    </message>
    <message>
        <source>Keep the paper apart from this device.</source>
        <translation>Trzymaj kartkę z dala od tego urządzenia.</translation>
    </message>
    <message>
        <source>The recovery code is valid.</source>
        <translation>Kod odzyskiwania jest ważny.</translation>
    </message>
    <message>
        <source>Print it, or write it down by hand. It is shown this once only. It is valid when you have typed it back.</source>
        <translation>Wydrukuj go albo przepisz ręcznie. Kod jest pokazywany tylko ten jeden raz. Będzie ważny, gdy przepiszesz go z powrotem z kartki.</translation>
    </message>
    <message>
        <source>I have it on paper</source>
        <translation>Mam go na kartce</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Drukuj</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>Wysłano do drukarki.</translation>
    </message>
    <message>
        <source>No printer is set up on this device: write it down by hand.</source>
        <translation>Na tym urządzeniu nie ma drukarki: przepisz kod ręcznie.</translation>
    </message>
    <message>
        <source>Type the code from the paper</source>
        <translation>Przepisz kod z kartki</translation>
    </message>
    <message>
        <source>Make it valid</source>
        <translation>Zatwierdź kod</translation>
    </message>
    <message>
        <source>Show it again</source>
        <translation>Pokaż jeszcze raz</translation>
    </message>
</context>
<context>
    <name>RecoveryCodePage</name>
    <message>
        <source>The one way in if the passphrase is forgotten.</source>
        <translation>Jedyna droga do profilu, gdy zapomni się hasła.</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Kod odzyskiwania</translation>
    </message>
    <message>
        <source>Whoever has the code and this device can open the profile: keep the paper where you keep what nobody else may read, and not with the device. Without code and passphrase nobody can open it, the makers of Teren included.</source>
        <translation>Kto ma kod i to urządzenie, może otworzyć profil: trzymaj kartkę tam, gdzie przechowujesz rzeczy tylko dla siebie, i nie razem z urządzeniem. Bez kodu i hasła profilu nie otworzy nikt, także twórcy programu Teren.</translation>
    </message>
    <message>
        <source>Begin to work</source>
        <translation>Zacznij pracę</translation>
    </message>
    <message>
        <source>Later, in Settings</source>
        <translation>Później, w Ustawieniach</translation>
    </message>
</context>
<context>
    <name>RecoverySheet</name>
    <message>
        <source>Recovery code of a Teren profile

Whoever has this sheet and the device can open the profile. Keep it apart from the device, where you keep what nobody else may read.</source>
        <translation>Kod odzyskiwania profilu Teren

Kto ma tę kartkę i urządzenie, może otworzyć profil. Trzymaj ją z dala od urządzenia, tam, gdzie przechowujesz rzeczy tylko dla siebie.</translation>
    </message>
</context>
<context>
    <name>RestorePage</name>
    <message>
        <source>Makes a profile on this device, as it was when the backup was made.</source>
        <translation>Tworzy na tym urządzeniu profil taki, jaki był w chwili wykonania kopii.</translation>
    </message>
    <message>
        <source>Bring a profile back from a backup</source>
        <translation>Odtwórz profil z kopii</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Hasło</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Kod odzyskiwania</translation>
    </message>
    <message>
        <source>Passphrase that the profile had when the backup was made</source>
        <translation>Hasło, które profil miał w chwili wykonania kopii</translation>
    </message>
    <message>
        <source>Show what I type</source>
        <translation>Pokaż, co piszę</translation>
    </message>
    <message>
        <source>Recovery code: seven groups of five characters</source>
        <translation>Kod odzyskiwania: siedem grup po pięć znaków</translation>
    </message>
    <message>
        <source>Bringing the profile back. Do not pull out the stick.</source>
        <translation>Odtwarzanie profilu. Nie wyjmuj pendrive’a.</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Odtwórz</translation>
    </message>
    <message>
        <source>The backup stays as it is. If the device that was backed up was lost, ask your office to remove it.</source>
        <translation>Kopia zostaje bez zmian. Jeśli urządzenie, z którego ją wykonano, zaginęło, poproś swój ośrodek o jego usunięcie.</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Wróć do listy</translation>
    </message>
</context>
<context>
    <name>ScaleAnswer</name>
    <message>
        <source>%1: %2 of 10</source>
        <translation>%1: %2 na 10</translation>
    </message>
</context>
<context>
    <name>ScaleChart</name>
    <message>
        <source>Chart of the scales from 1 to 10; the values stand below it</source>
        <translation>Wykres skal od 1 do 10; wartości są pod nim</translation>
    </message>
    <message>
        <source>%1, planned %2</source>
        <translation>%1, planowane %2</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ustawienia</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Język</translation>
    </message>
    <message>
        <source>Documents and what people have written stay in Polish.</source>
        <translation>Dokumenty i to, co ludzie napisali, pozostają po polsku.</translation>
    </message>
    <message>
        <source>Size of letters</source>
        <translation>Wielkość liter</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Klawiatura</translation>
    </message>
    <message>
        <source>About</source>
        <translation>O programie</translation>
    </message>
    <message>
        <source>Teren %1: a case file for social workers who visit families where there is no network. Free software under the EUPL 1.2; letters: Inter, SIL Open Font License 1.1.</source>
        <translation>Teren %1: teczka spraw dla pracowników socjalnych, którzy odwiedzają rodziny tam, gdzie nie ma sieci. Wolne oprogramowanie na licencji EUPL 1.2; krój pisma: Inter, licencja SIL Open Font License 1.1.</translation>
    </message>
    <message>
        <source>Ctrl+1 to Ctrl+5: Today, Cases, Conflicts, Sync, Settings
Ctrl+R: synchronise now
Ctrl+L: lock
Esc: back
In a case: Ctrl+E its Expectations Card, Ctrl+N a new visit
In a form: Ctrl+S save
Conflicts: Ctrl+Return open the first, then save the joined version</source>
        <translation>Ctrl+1 do Ctrl+5: Dziś, Sprawy, Konflikty, Wysyłka, Ustawienia
Ctrl+R: synchronizuj teraz
Ctrl+L: zablokuj
Esc: wstecz
W sprawie: Ctrl+E Karta Oczekiwań, Ctrl+N nowa wizyta
W formularzu: Ctrl+S zapisz
Konflikty: Ctrl+Enter otwórz pierwszy, potem zapisz połączoną wersję</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minuta</numerusform>
            <numerusform>%n minuty</numerusform>
            <numerusform>%n minut</numerusform>
        </translation>
    </message>
    <message>
        <source>Lock when nobody touches it</source>
        <translation>Blokada, gdy nikt nie dotyka</translation>
    </message>
    <message>
        <source>Teren also locks when the lid is closed, when the device goes to sleep, when the screen is locked, and at Ctrl+L. What you were writing is kept, and unlocking brings you back to it.</source>
        <translation>Teren blokuje się też przy zamknięciu pokrywy, przed uśpieniem urządzenia, przy blokadzie ekranu i po naciśnięciu Ctrl+L. To, co piszesz, zostaje zachowane, a po odblokowaniu wracasz w to samo miejsce.</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Kod odzyskiwania</translation>
    </message>
    <message>
        <source>There is none yet. It is the one way in if the passphrase is forgotten: seven groups of five characters, on paper.</source>
        <translation>Jeszcze go nie ma. To jedyna droga do profilu, gdy zapomni się hasła: siedem grup po pięć znaków, na kartce.</translation>
    </message>
    <message>
        <source>There is one. A new one makes the former worthless.</source>
        <translation>Kod jest utworzony. Nowy unieważni poprzedni.</translation>
    </message>
    <message>
        <source>Made %1. A new one makes the former worthless.</source>
        <translation>Utworzono: %1. Nowy kod unieważni poprzedni.</translation>
    </message>
    <message>
        <source>Without a code, a forgotten passphrase means that nobody opens this profile.</source>
        <translation>Bez kodu zapomniane hasło oznacza, że nikt nie otworzy tego profilu.</translation>
    </message>
    <message>
        <source>Remove the code …</source>
        <translation>Usuń kod…</translation>
    </message>
    <message>
        <source>The paper then opens nothing. Do it if somebody may have seen it, and make a new code afterwards. A backup made before still opens with it.</source>
        <translation>Kartka niczego już wtedy nie otworzy. Zrób to, jeśli ktoś mógł ją zobaczyć, a potem utwórz nowy kod. Kopie wykonane wcześniej nadal się nim otwierają.</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Usuń</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Zostaw</translation>
    </message>
</context>
<context>
    <name>ShownNameCard</name>
    <message>
        <source>On the list of this device</source>
        <translation>Na liście tego urządzenia</translation>
    </message>
    <message>
        <source>The list shows no name for this profile. A name makes it quicker to find, and anybody who sits down here can read it. It need not be your own.</source>
        <translation>Lista nie pokazuje nazwy tego profilu. Z nazwą łatwiej go znaleźć, ale przeczyta ją każdy, kto tu usiądzie. Nie musi to być Twoje imię i nazwisko.</translation>
    </message>
    <message>
        <source>The list shows “%1”. Anybody who sits down here can read it.</source>
        <translation>Lista pokazuje „%1”. Może to przeczytać każdy, kto tu usiądzie.</translation>
    </message>
    <message>
        <source>Name on the list</source>
        <translation>Nazwa na liście</translation>
    </message>
    <message>
        <source>The list is as it was.</source>
        <translation>Lista jest taka, jaka była.</translation>
    </message>
    <message>
        <source>Show this name</source>
        <translation>Pokazuj tę nazwę</translation>
    </message>
    <message>
        <source>Show no name</source>
        <translation>Nie pokazuj nazwy</translation>
    </message>
</context>
<context>
    <name>SideCard</name>
    <message>
        <source>Empty</source>
        <translation>Puste</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Zostaw moją</translation>
    </message>
    <message>
        <source>Let it be deleted</source>
        <translation>Zgoda na usunięcie</translation>
    </message>
    <message>
        <source>Keep this one</source>
        <translation>Zostaw tę</translation>
    </message>
</context>
<context>
    <name>StagePath</name>
    <message>
        <source>Stage: %1</source>
        <translation>Etap: %1</translation>
    </message>
</context>
<context>
    <name>StripLock</name>
    <message>
        <source>Press to lock</source>
        <translation>Naciśnij, by zablokować</translation>
    </message>
    <message>
        <source>Unlocked as %1</source>
        <translation>Odblokowane: %1</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Zablokowane</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Everything is saved on this device. What is not sent yet goes as soon as there is a network.</source>
        <translation>Wszystko jest zapisane na tym urządzeniu. Niewysłane zmiany pójdą, gdy tylko będzie sieć.</translation>
    </message>
    <message>
        <source>Everything is saved on this device, and the office has confirmed all of it.</source>
        <translation>Wszystko jest zapisane na tym urządzeniu i ośrodek wszystko potwierdził.</translation>
    </message>
    <message>
        <source>Synchronisation</source>
        <translation>Synchronizacja</translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation>Synchronizuj teraz</translation>
    </message>
    <message>
        <source>Confirmed by the office</source>
        <translation>Potwierdzone przez ośrodek</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 z %2</translation>
    </message>
    <message>
        <source>changes made on this device</source>
        <translation>zmian zrobionych na tym urządzeniu</translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n niewysłana</numerusform>
            <numerusform>%n niewysłane</numerusform>
            <numerusform>%n niewysłanych</numerusform>
        </translation>
    </message>
    <message>
        <source>all sent</source>
        <translation>wszystko wysłane</translation>
    </message>
    <message>
        <source>the oldest from %1</source>
        <translation>najstarsza z %1</translation>
    </message>
    <message>
        <source>Waiting on this device</source>
        <translation>Czeka na tym urządzeniu</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>jeszcze nie było</translation>
    </message>
    <message>
        <source>Last contact with the office</source>
        <translation>Ostatni kontakt z ośrodkiem</translation>
    </message>
    <message>
        <source>when you ask for it</source>
        <translation>gdy o nią poprosisz</translation>
    </message>
    <message>
        <source>Next attempt</source>
        <translation>Następna próba</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>Przeczytane</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Zatrzymywanie…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Zatrzymaj</translation>
    </message>
    <message>
        <source>What has arrived stays. The rest goes with the next synchronisation.</source>
        <translation>To, co już przyszło, zostaje. Reszta pójdzie z następną synchronizacją.</translation>
    </message>
    <message>
        <source>You have stopped it.</source>
        <translation>Synchronizacja została zatrzymana.</translation>
    </message>
    <message>
        <source>Backed up by the server</source>
        <translation>W kopii zapasowej serwera</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n zmiana</numerusform>
            <numerusform>%n zmiany</numerusform>
            <numerusform>%n zmian</numerusform>
        </translation>
    </message>
    <message>
        <source>of colleagues; they build on work that has not arrived here yet</source>
        <translation>od współpracowników; opierają się na pracy, która jeszcze tu nie dotarła</translation>
    </message>
    <message>
        <source>Waiting for others&apos; work</source>
        <translation>Czeka na pracę innych</translation>
    </message>
    <message>
        <source>By case</source>
        <translation>Według spraw</translation>
    </message>
    <message>
        <source>Nothing was written in a case on this device yet.</source>
        <translation>Na tym urządzeniu nie wpisano jeszcze niczego do żadnej sprawy.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Pokaż</translation>
    </message>
    <message>
        <source>What does not count, what is missing …</source>
        <translation>Co się nie liczy, czego brakuje…</translation>
    </message>
    <message>
        <source>Received by colleagues&apos; devices</source>
        <translation>Przyjęły urządzenia współpracowników</translation>
    </message>
    <message>
        <source>Who may read what was written here, and how much of it their device says that it has received and applied. It may have removed a case since, to save room.</source>
        <translation>Kto może czytać to, co tu wpisano, i ile z tego, według swojego zgłoszenia, przyjęło jego urządzenie. Mogło potem usunąć sprawę, żeby zwolnić miejsce.</translation>
    </message>
    <message>
        <source>Everything is saved on this device.</source>
        <translation>Wszystko jest zapisane na tym urządzeniu.</translation>
    </message>
    <message>
        <source>This has happened: please read it, or show it to the person it names</source>
        <translation>Co się stało: przeczytaj to albo pokaż osobie, o której tu mowa</translation>
    </message>
</context>
<context>
    <name>TheirsCard</name>
    <message>
        <source>Written meanwhile · %1</source>
        <translation>Wpisane w międzyczasie · %1</translation>
    </message>
    <message>
        <source>Keep my answer</source>
        <translation>Zostaw moją odpowiedź</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Przyjmij tamtą</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>+ Quick contact</source>
        <translation>+ Szybki kontakt</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Wizyty</translation>
    </message>
    <message>
        <source>A visit is added in its case.</source>
        <translation>Wizytę dodaje się w jej sprawie.</translation>
    </message>
    <message>
        <source>No visits are planned for today.</source>
        <translation>Na dziś nie zaplanowano wizyt.</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Terminy</translation>
    </message>
    <message>
        <source>Nothing is due in the next weeks.</source>
        <translation>W najbliższych tygodniach nie ma terminów.</translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s) to decide</source>
        <translation>
            <numerusform>%n konflikt do decyzji</numerusform>
            <numerusform>%n konflikty do decyzji</numerusform>
            <numerusform>%n konfliktów do decyzji</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: “%2” – %3</source>
        <translation>%1: „%2” – %3</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Otwórz</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>Przeczytane</translation>
    </message>
    <message>
        <source>The first has waited: %1</source>
        <translation>Najdłużej czeka: %1</translation>
    </message>
    <message>
        <source>Changed while you were away</source>
        <translation>Co się zmieniło</translation>
    </message>
    <message>
        <source>Show all: %1</source>
        <translation>Pokaż wszystko: %1</translation>
    </message>
</context>
<context>
    <name>TopStrip</name>
    <message>
        <source>Saved</source>
        <translation>Zapisane</translation>
    </message>
    <message>
        <source>Saved on this device</source>
        <translation>Zapisane na tym urządzeniu</translation>
    </message>
    <message>
        <source>Draft saved %1</source>
        <translation>Szkic zapisany %1</translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n niewysłana</numerusform>
            <numerusform>%n niewysłane</numerusform>
            <numerusform>%n niewysłanych</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything sent</source>
        <translation>Wszystko wysłane</translation>
    </message>
    <message>
        <source>, oldest from %1</source>
        <translation>, najstarsza z %1</translation>
    </message>
    <message>
        <source> for over a day</source>
        <translation> od ponad doby</translation>
    </message>
    <message>
        <source> for over a day, oldest from %1</source>
        <translation> od ponad doby, najstarsza z %1</translation>
    </message>
    <message>
        <source>Synchronising…</source>
        <translation>Trwa synchronizacja…</translation>
    </message>
    <message>
        <source>No contact with the office yet</source>
        <translation>Jeszcze bez kontaktu z ośrodkiem</translation>
    </message>
    <message>
        <source>Last contact %1</source>
        <translation>Ostatni kontakt %1</translation>
    </message>
    <message>
        <source>No network · last contact %1</source>
        <translation>Brak sieci · ostatni kontakt %1</translation>
    </message>
    <message>
        <source>No office yet</source>
        <translation>Jeszcze bez ośrodka</translation>
    </message>
    <message>
        <source>Waiting to be let in</source>
        <translation>Czeka na przyjęcie</translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n konflikt</numerusform>
            <numerusform>%n konflikty</numerusform>
            <numerusform>%n konfliktów</numerusform>
        </translation>
    </message>
    <message>
        <source>The server takes nothing</source>
        <translation>Serwer nic nie przyjmuje</translation>
    </message>
    <message>
        <source>, the server takes nothing</source>
        <translation>, serwer nie przyjmuje</translation>
    </message>
    <message>
        <source>The server takes nothing from here</source>
        <translation>Serwer niczego stąd nie przyjmuje</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>This profile was written by a newer version of Teren.</source>
        <translation>Ten profil zapisała nowsza wersja programu Teren.</translation>
    </message>
    <message>
        <source>Nothing was changed. Update Teren on this device, then unlock again.</source>
        <translation>Niczego nie zmieniono. Zaktualizuj Teren na tym urządzeniu i odblokuj ponownie.</translation>
    </message>
    <message>
        <source>The profile was changed from outside, or the disk failed.</source>
        <translation>Profil zmieniono spoza programu albo zawiódł dysk.</translation>
    </message>
    <message>
        <source>Nothing was written. What was confirmed by the office is safe there. Do not delete anything; call the person who looks after the devices.</source>
        <translation>Niczego nie zapisano. To, co potwierdził ośrodek, jest tam bezpieczne. Niczego nie usuwaj; zadzwoń do osoby, która opiekuje się urządzeniami.</translation>
    </message>
    <message>
        <source>The backup and the profiles of this device are as they were.</source>
        <translation>Kopia i profile na tym urządzeniu są takie, jakie były.</translation>
    </message>
    <message>
        <source>This passphrase does not open the profile.</source>
        <translation>To hasło nie otwiera profilu.</translation>
    </message>
    <message>
        <source>Your data is safe and unchanged. Check Caps Lock and the keyboard layout, and try again.</source>
        <translation>Dane są bezpieczne i niezmienione. Sprawdź Caps Lock i układ klawiatury, i spróbuj ponownie.</translation>
    </message>
    <message>
        <source>This profile is open in another program.</source>
        <translation>Ten profil jest otwarty w innym programie.</translation>
    </message>
    <message>
        <source>Nothing was changed. Close the other window of Teren, then unlock again.</source>
        <translation>Niczego nie zmieniono. Zamknij drugie okno programu Teren i odblokuj ponownie.</translation>
    </message>
    <message>
        <source>This is not on this device.</source>
        <translation>Tego nie ma na tym urządzeniu.</translation>
    </message>
    <message>
        <source>Nothing was changed. Check the folder of the profile, or synchronise and look again.</source>
        <translation>Niczego nie zmieniono. Sprawdź folder profilu albo zsynchronizuj i zajrzyj ponownie.</translation>
    </message>
    <message>
        <source>The disk cannot be read or written.</source>
        <translation>Nie można odczytać dysku albo na nim zapisać.</translation>
    </message>
    <message>
        <source>What was saved before is safe on it; the last change was not kept. Is it write-protected, or was a stick pulled out? Put it back as it was and repeat it.</source>
        <translation>To, co zapisano wcześniej, jest na nim bezpieczne; ostatniej zmiany nie zachowano. Czy dysk jest zabezpieczony przed zapisem albo wyjęto pendrive? Przywróć go i powtórz.</translation>
    </message>
    <message>
        <source>The disk of this device does not take more.</source>
        <translation>Na dysku tego urządzenia nie ma miejsca.</translation>
    </message>
    <message>
        <source>What was saved before is safe; the last change was not kept. Free some space and repeat it.</source>
        <translation>To, co zapisano wcześniej, jest bezpieczne; ostatnia zmiana nie została zachowana. Zwolnij miejsce i powtórz ją.</translation>
    </message>
    <message>
        <source>The office&apos;s server does not answer.</source>
        <translation>Serwer ośrodka nie odpowiada.</translation>
    </message>
    <message>
        <source>Everything is saved on this device and stays queued. Teren tries again by itself.</source>
        <translation>Wszystko jest zapisane na tym urządzeniu i czeka w kolejce. Teren sam spróbuje ponownie.</translation>
    </message>
    <message>
        <source>Teren is locked.</source>
        <translation>Teren jest zablokowany.</translation>
    </message>
    <message>
        <source>Everything is saved. Unlock to go on.</source>
        <translation>Wszystko jest zapisane. Odblokuj, by pracować dalej.</translation>
    </message>
    <message>
        <source>Somebody else wrote here meanwhile.</source>
        <translation>W międzyczasie wpisał tu ktoś inny.</translation>
    </message>
    <message>
        <source>Nothing of theirs or yours was replaced. Look at both, then decide.</source>
        <translation>Niczego nie zastąpiono. Porównaj obie wersje i zdecyduj.</translation>
    </message>
    <message>
        <source>This was not accepted.</source>
        <translation>Tego nie przyjęto.</translation>
    </message>
    <message>
        <source>Your draft is kept on this device. Correct what is marked, or decide later.</source>
        <translation>Szkic jest zachowany na tym urządzeniu. Popraw to, co zaznaczono, albo zdecyduj później.</translation>
    </message>
    <message>
        <source>There is no profile at this place.</source>
        <translation>W tym miejscu nie ma profilu.</translation>
    </message>
    <message>
        <source>If it is on a stick, put the stick in and try again. Nothing was changed.</source>
        <translation>Jeśli profil jest na pendrivie, włóż go i spróbuj ponownie. Nic nie zostało zmienione.</translation>
    </message>
    <message>
        <source>The disk is full, and the profile cannot be opened on it.</source>
        <translation>Dysk jest pełny i nie można otworzyć na nim profilu.</translation>
    </message>
    <message>
        <source>Everything in it is safe. Free some space, without touching the folder of the profile, and try again.</source>
        <translation>Wszystko w profilu jest bezpieczne. Zwolnij miejsce, nie ruszając folderu profilu, i spróbuj ponownie.</translation>
    </message>
    <message>
        <source>The disk with the profile cannot be read or written.</source>
        <translation>Nie można odczytać dysku z profilem albo na nim zapisać.</translation>
    </message>
    <message>
        <source>What was saved is safe on it. Is it write-protected, or was the stick pulled out? Put it back as it was and try again.</source>
        <translation>To, co zapisano, jest na nim bezpieczne. Czy dysk jest zabezpieczony przed zapisem albo wyjęto pendrive? Przywróć go i spróbuj ponownie.</translation>
    </message>
    <message>
        <source>The disk with this profile cannot be read or written.</source>
        <translation>Nie da się czytać z dysku z tym profilem albo na nim zapisywać.</translation>
    </message>
    <message>
        <source>What was saved before is safe on it. Is it write-protected, or was a stick pulled out? Put it back as it was; what you type is kept as soon as the disk takes it.</source>
        <translation>To, co zapisano wcześniej, jest na nim bezpieczne. Czy jest zabezpieczony przed zapisem albo wyjęto pendrive? Przywróć go; to, co piszesz, zostanie zachowane, gdy tylko dysk to przyjmie.</translation>
    </message>
    <message>
        <source>A part of this profile cannot be read: it was changed from outside, or the disk failed.</source>
        <translation>Części tego profilu nie da się odczytać: została zmieniona z zewnątrz albo zawiódł dysk.</translation>
    </message>
    <message>
        <source>Nothing was written over it, and the rest works on. What was confirmed by the office is safe there. Do not delete anything; call the person who looks after the devices.</source>
        <translation>Niczego na niej nie zapisano, a reszta działa dalej. To, co potwierdził ośrodek, jest tam bezpieczne. Niczego nie usuwaj; zadzwoń do osoby, która opiekuje się urządzeniami.</translation>
    </message>
    <message>
        <source>The folder of this profile is no longer there.</source>
        <translation>Folderu tego profilu już nie ma.</translation>
    </message>
    <message>
        <source>What was saved before is safe if the folder is; what you write now is not kept. Leave Teren open, write down on paper what must not be lost, and put the folder or the stick back as it was. Then lock and unlock.</source>
        <translation>To, co zapisano wcześniej, jest bezpieczne, jeśli bezpieczny jest folder; to, co piszesz teraz, nie jest zachowywane. Nie zamykaj Terenu, zapisz na kartce to, co nie może przepaść, i przywróć folder lub pendrive. Potem zablokuj i odblokuj Teren.</translation>
    </message>
    <message>
        <source>The file with the keys of this profile was changed from outside.</source>
        <translation>Plik z kluczami tego profilu został zmieniony z zewnątrz.</translation>
    </message>
    <message>
        <source>Everything you see is safe as long as Teren is open. Do not lock yet: make a backup now, then call the person who looks after the devices.</source>
        <translation>Wszystko, co widzisz, jest bezpieczne, dopóki Teren jest otwarty. Jeszcze nie blokuj: wykonaj teraz kopię, a potem zadzwoń do osoby, która opiekuje się urządzeniami.</translation>
    </message>
    <message>
        <source>Something in the files of this profile was changed from outside, or the disk failed.</source>
        <translation>Coś w plikach tego profilu zostało zmienione z zewnątrz albo zawiódł dysk.</translation>
    </message>
    <message>
        <source>Teren noticed it and used none of it; what was confirmed by the office is safe there. Call the person who looks after the devices.</source>
        <translation>Teren to zauważył i nic z tego nie użył; to, co potwierdził ośrodek, jest tam bezpieczne. Zadzwoń do osoby, która opiekuje się urządzeniami.</translation>
    </message>
    <message>
        <source>There is a file in the folder of this profile that Teren did not put there.</source>
        <translation>W folderze tego profilu jest plik, którego Teren tam nie umieścił.</translation>
    </message>
    <message>
        <source>Your data is safe and unchanged, and Teren does not read that file. If nobody you know put it there, call the person who looks after the devices.</source>
        <translation>Twoje dane są bezpieczne i niezmienione, a Teren nie czyta tego pliku. Jeśli nie umieścił go tam nikt znajomy, zadzwoń do osoby, która opiekuje się urządzeniami.</translation>
    </message>
    <message>
        <source>This recovery code does not open the backup.</source>
        <translation>Ten kod odzyskiwania nie otwiera tej kopii.</translation>
    </message>
    <message>
        <source>This passphrase does not open the backup.</source>
        <translation>To hasło nie otwiera tej kopii.</translation>
    </message>
    <message>
        <source>A backup is opened by what the profile had when the backup was made. %1</source>
        <translation>Kopię otwiera to, co profil miał w chwili jej wykonania. %1</translation>
    </message>
    <message>
        <source>The recovery code is mistyped.</source>
        <translation>W kodzie odzyskiwania jest pomyłka.</translation>
    </message>
    <message>
        <source>Compare it with the paper, group by group. %1</source>
        <translation>Porównaj go z kartką, grupa po grupie. %1</translation>
    </message>
    <message>
        <source>There is no such folder, or no backup in it.</source>
        <translation>Nie ma takiego folderu albo nie ma w nim kopii.</translation>
    </message>
    <message>
        <source>Is the stick in? %1</source>
        <translation>Czy pendrive jest włożony? %1</translation>
    </message>
    <message>
        <source>This backup is damaged: it is not as it was written.</source>
        <translation>Ta kopia jest uszkodzona: nie jest taka, jaką zapisano.</translation>
    </message>
    <message>
        <source>Nothing was made of it. Try an earlier backup; what was confirmed by the office is safe there. %1</source>
        <translation>Nic z niej nie utworzono. Spróbuj z wcześniejszą kopią; to, co potwierdził ośrodek, jest tam bezpieczne. %1</translation>
    </message>
    <message>
        <source>This backup was made by a newer version of Teren.</source>
        <translation>Tę kopię wykonała nowsza wersja Terenu.</translation>
    </message>
    <message>
        <source>Update Teren on this device, then try again. %1</source>
        <translation>Zaktualizuj Teren na tym urządzeniu i spróbuj ponownie. %1</translation>
    </message>
    <message>
        <source>There is too little room on this device.</source>
        <translation>Na tym urządzeniu jest za mało miejsca.</translation>
    </message>
    <message>
        <source>Free some space and try again. %1</source>
        <translation>Zwolnij trochę miejsca i spróbuj ponownie. %1</translation>
    </message>
    <message>
        <source>The backup could not be read, or this device&apos;s disk not be written.</source>
        <translation>Nie udało się odczytać kopii albo zapisać na dysku tego urządzenia.</translation>
    </message>
    <message>
        <source>Was the stick pulled out? %1</source>
        <translation>Czy pendrive został wyjęty? %1</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Zatrzymano.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Nie ma takiego folderu.</translation>
    </message>
    <message>
        <source>Is the stick in? Nothing was written; the profile and earlier backups are as they were.</source>
        <translation>Czy pendrive jest włożony? Nic nie zapisano; profil i wcześniejsze kopie są nienaruszone.</translation>
    </message>
    <message>
        <source>There is too little room for a backup there.</source>
        <translation>Jest tam za mało miejsca na kopię.</translation>
    </message>
    <message>
        <source>The profile and earlier backups are as they were. Free some room, or choose another place.</source>
        <translation>Profil i wcześniejsze kopie są nienaruszone. Zwolnij miejsce albo wybierz inny folder.</translation>
    </message>
    <message>
        <source>A backup cannot lie within the profile itself.</source>
        <translation>Kopia nie może leżeć wewnątrz samego profilu.</translation>
    </message>
    <message>
        <source>Choose another place, best a stick that is kept elsewhere.</source>
        <translation>Wybierz inne miejsce, najlepiej pendrive przechowywany gdzie indziej.</translation>
    </message>
    <message>
        <source>The backup could not be written.</source>
        <translation>Nie udało się zapisać kopii.</translation>
    </message>
    <message>
        <source>The profile and earlier backups are as they were. Was the stick pulled out, or is it write-protected?</source>
        <translation>Profil i wcześniejsze kopie są nienaruszone. Czy pendrive wyjęto albo jest zabezpieczony przed zapisem?</translation>
    </message>
    <message>
        <source>The backup was stopped.</source>
        <translation>Wykonywanie kopii zatrzymano.</translation>
    </message>
    <message>
        <source>Nothing of it is left; the profile and earlier backups are as they were.</source>
        <translation>Nic z niej nie zostało; profil i wcześniejsze kopie są takie, jakie były.</translation>
    </message>
    <message>
        <source>Nothing was added; the file itself and the case are as they were.</source>
        <translation>Niczego nie dodano; plik i sprawa są takie, jakie były.</translation>
    </message>
    <message>
        <source>This picture could not be freed of what it says about place and time.</source>
        <translation>Z tego obrazu nie udało się usunąć informacji o miejscu i czasie.</translation>
    </message>
    <message>
        <source>%1 Save it as JPEG or PNG, and add that.</source>
        <translation>%1 Zapisz go jako JPEG lub PNG i dodaj tak zapisany.</translation>
    </message>
    <message>
        <source>This file is too large.</source>
        <translation>Ten plik jest za duży.</translation>
    </message>
    <message>
        <source>%1 Make the picture smaller, and add that.</source>
        <translation>%1 Zmniejsz obraz i dodaj zmniejszony.</translation>
    </message>
    <message>
        <source>%1 Free some space and try again.</source>
        <translation>%1 Zwolnij trochę miejsca i spróbuj ponownie.</translation>
    </message>
    <message>
        <source>This file is no longer there.</source>
        <translation>Tego pliku już nie ma.</translation>
    </message>
    <message>
        <source>The name of this file cannot be used.</source>
        <translation>Nazwy tego pliku nie da się użyć.</translation>
    </message>
    <message>
        <source>%1 Give it another name, and add that.</source>
        <translation>%1 Nadaj mu inną nazwę i dodaj go ponownie.</translation>
    </message>
    <message>
        <source>The file could not be read, or not be written into the profile.</source>
        <translation>Nie udało się odczytać pliku albo zapisać go w profilu.</translation>
    </message>
    <message>
        <source>This file was changed from outside, or the disk failed.</source>
        <translation>Ten plik został zmieniony z zewnątrz albo zawiódł dysk.</translation>
    </message>
    <message>
        <source>Nothing of it is shown. Everything else is safe. Whoever added it still has it; call the person who looks after the devices.</source>
        <translation>Nic z niego nie jest pokazywane. Wszystko inne jest bezpieczne. Osoba, która go dodała, nadal go ma; zadzwoń do osoby, która opiekuje się urządzeniami.</translation>
    </message>
    <message>
        <source>This file is not on this device.</source>
        <translation>Tego pliku nie ma na tym urządzeniu.</translation>
    </message>
    <message>
        <source>It is safe with whoever added it. It comes when files are synchronised.</source>
        <translation>Jest bezpieczny u osoby, która go dodała. Pojawi się, gdy pliki zostaną zsynchronizowane.</translation>
    </message>
    <message>
        <source>Teren cannot show this picture.</source>
        <translation>Teren nie potrafi pokazać tego obrazu.</translation>
    </message>
    <message>
        <source>The file is safe and whole. Save a copy to open it with another program.</source>
        <translation>Plik jest bezpieczny i cały. Zapisz kopię, żeby otworzyć go innym programem.</translation>
    </message>
    <message>
        <source>There is too little room there.</source>
        <translation>Jest tam za mało miejsca.</translation>
    </message>
    <message>
        <source>No copy was written. The file in the case is as it was.</source>
        <translation>Kopii nie zapisano. Plik w sprawie jest taki, jaki był.</translation>
    </message>
    <message>
        <source>The copy could not be written.</source>
        <translation>Nie udało się zapisać kopii.</translation>
    </message>
    <message>
        <source>No copy was written. The file in the case is as it was. Is the folder there, and may it be written?</source>
        <translation>Kopii nie zapisano. Plik w sprawie jest taki, jaki był. Czy folder istnieje i czy można w nim zapisywać?</translation>
    </message>
    <message>
        <source>%1 For whoever looks after the devices: %2.</source>
        <translation>%1 Dla osoby, która opiekuje się urządzeniami: %2.</translation>
    </message>
    <message>
        <source>Is the stick in? Nothing was written, and everything is safe on this device.</source>
        <translation>Czy pendrive jest włożony? Niczego nie zapisano, a na tym urządzeniu wszystko jest bezpieczne.</translation>
    </message>
    <message>
        <source>There is too little room for the file there.</source>
        <translation>Jest tam za mało miejsca na ten plik.</translation>
    </message>
    <message>
        <source>Everything is safe on this device. Free some room, or choose another place.</source>
        <translation>Na tym urządzeniu wszystko jest bezpieczne. Zwolnij miejsce albo wybierz inny folder.</translation>
    </message>
    <message>
        <source>This device cannot write such a file yet.</source>
        <translation>To urządzenie nie może jeszcze zapisać takiego pliku.</translation>
    </message>
    <message>
        <source>Everything is safe on this device. It has to be let into the office first, and to have talked to its server once.</source>
        <translation>Na tym urządzeniu wszystko jest bezpieczne. Najpierw musi zostać przyjęte do ośrodka i raz połączyć się z jego serwerem.</translation>
    </message>
    <message>
        <source>The file could not be written.</source>
        <translation>Nie udało się zapisać pliku.</translation>
    </message>
    <message>
        <source>Everything is safe on this device. Was the stick pulled out, or is it write-protected?</source>
        <translation>Na tym urządzeniu wszystko jest bezpieczne. Czy pendrive został wyjęty albo jest zabezpieczony przed zapisem?</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Nie ma takiego pliku.</translation>
    </message>
    <message>
        <source>Is the stick in? Nothing was changed on this device.</source>
        <translation>Czy pendrive jest włożony? Na tym urządzeniu nic się nie zmieniło.</translation>
    </message>
    <message>
        <source>This file is not for this device.</source>
        <translation>Ten plik nie jest dla tego urządzenia.</translation>
    </message>
    <message>
        <source>It is of another office, older than its 30 days, or of a device that was removed. Nothing was changed. Ask for a fresh one.</source>
        <translation>Jest z innego ośrodka, ma ponad 30 dni albo pochodzi z urządzenia, które usunięto. Nic się nie zmieniło. Poproś o świeży.</translation>
    </message>
    <message>
        <source>This file was written by a newer version of Teren.</source>
        <translation>Ten plik zapisała nowsza wersja Terenu.</translation>
    </message>
    <message>
        <source>Nothing was changed. Update Teren on this device, then take it in again.</source>
        <translation>Nic się nie zmieniło. Zaktualizuj Teren na tym urządzeniu i przyjmij plik jeszcze raz.</translation>
    </message>
    <message>
        <source>This file is damaged, was changed, or is another kind of file.</source>
        <translation>Ten plik jest uszkodzony, zmieniony albo innego rodzaju.</translation>
    </message>
    <message>
        <source>Nothing of it was taken in. Ask for a fresh one.</source>
        <translation>Niczego z niego nie przyjęto. Poproś o świeży.</translation>
    </message>
    <message>
        <source>The file could not be read to its end.</source>
        <translation>Pliku nie udało się odczytać do końca.</translation>
    </message>
    <message>
        <source>Nothing is lost. Was the stick pulled out? Take the file in again.</source>
        <translation>Nic nie zginęło. Czy pendrive został wyjęty? Przyjmij plik jeszcze raz.</translation>
    </message>
    <message>
        <source>Your role does not let you do this, or it was decided meanwhile.</source>
        <translation>Twoja rola na to nie pozwala albo tymczasem ktoś już zdecydował.</translation>
    </message>
    <message>
        <source>Nothing was changed. Ask the head of the centre.</source>
        <translation>Nic się nie zmieniło. Zapytaj kierownika ośrodka.</translation>
    </message>
    <message>
        <source>A synchronisation is under way.</source>
        <translation>Trwa synchronizacja.</translation>
    </message>
    <message>
        <source>Nothing was changed. Try it again when that is over.</source>
        <translation>Nic się nie zmieniło. Spróbuj, gdy się skończy.</translation>
    </message>
    <message>
        <source>against a rule</source>
        <translation>wbrew zasadom</translation>
    </message>
    <message>
        <source>issued again</source>
        <translation>wydane ponownie</translation>
    </message>
    <message>
        <source>lost by the server</source>
        <translation>utracone przez serwer</translation>
    </message>
    <message>
        <source>not taken</source>
        <translation>nieprzyjęte</translation>
    </message>
    <message>
        <source>given up as lost</source>
        <translation>uznane za stracone</translation>
    </message>
    <message>
        <source>said to be forged</source>
        <translation>uznane za fałszywe</translation>
    </message>
    <message>
        <source>erased</source>
        <translation>wymazane</translation>
    </message>
    <message>
        <source>Nothing was changed, and nothing is lost.</source>
        <translation>Nic się nie zmieniło i nic nie zginęło.</translation>
    </message>
    <message>
        <source>This is no address, or no code.</source>
        <translation>To nie jest adres albo nie jest kod.</translation>
    </message>
    <message>
        <source>Type both as the other device shows them.</source>
        <translation>Wpisz oba tak, jak pokazuje je drugie urządzenie.</translation>
    </message>
    <message>
        <source>The other device does not take this code.</source>
        <translation>Drugie urządzenie nie przyjmuje tego kodu.</translation>
    </message>
    <message>
        <source>Both have to be of the same office. Let your colleague wait again, and type the new code.</source>
        <translation>Oba muszą być z tego samego ośrodka. Niech współpracownik zacznie czekać jeszcze raz, i wpisz nowy kod.</translation>
    </message>
    <message>
        <source>Three wrong codes were typed, or this device is in no office yet.</source>
        <translation>Trzy razy wpisano zły kod albo to urządzenie nie jest jeszcze w żadnym ośrodku.</translation>
    </message>
    <message>
        <source>Wait again for a new code.</source>
        <translation>Zacznij czekać jeszcze raz, z nowym kodem.</translation>
    </message>
    <message>
        <source>The other device was not reached, or the connection broke.</source>
        <translation>Nie udało się połączyć z drugim urządzeniem albo połączenie się zerwało.</translation>
    </message>
    <message>
        <source>Nothing was changed here, and nothing is lost. Are both in the same network, a phone&apos;s for example? Let your colleague wait again, and type the new address and code.</source>
        <translation>Nic się tu nie zmieniło i nic nie zginęło. Czy oba urządzenia są w tej samej sieci, na przykład z telefonu? Niech współpracownik zacznie czekać jeszcze raz, i wpisz nowy adres i kod.</translation>
    </message>
    <message>
        <source>Nobody has called, or the connection broke.</source>
        <translation>Nikt się nie odezwał albo połączenie się zerwało.</translation>
    </message>
    <message>
        <source>Wait again when your colleague is ready, and tell the new address and code.</source>
        <translation>Zacznij czekać, gdy współpracownik będzie gotowy, i podaj mu nowy adres i kod.</translation>
    </message>
    <message>
        <source>It is not known whether your colleague has got everything.</source>
        <translation>Nie wiadomo, czy współpracownik dostał wszystko.</translation>
    </message>
    <message>
        <source>What came is kept here, and nothing is lost. Wait again, and let your colleague call with the new address and code: what has come does not come twice.</source>
        <translation>To, co przyszło, zostaje tutaj i nic nie zginęło. Zacznij czekać jeszcze raz, i niech współpracownik połączy się z nowym adresem i kodem: to, co już przyszło, nie przyjdzie drugi raz.</translation>
    </message>
    <message>
        <source>The exchange did not come to its end.</source>
        <translation>Wymiana nie doszła do końca.</translation>
    </message>
    <message>
        <source>Nothing is lost. Try it again: what has come does not come twice.</source>
        <translation>Nic nie zginęło. Spróbuj jeszcze raz: to, co przyszło, nie przyjdzie dwa razy.</translation>
    </message>
    <message>
        <source>What came is kept here, and nothing is lost. Let your colleague wait again, and type the new address and code: what has come does not come twice.</source>
        <translation>To, co przyszło, zostaje tutaj i nic nie zginęło. Niech współpracownik jeszcze raz zacznie czekać, a Ty wpisz nowy adres i kod: to, co już przyszło, nie przyjdzie drugi raz.</translation>
    </message>
    <message>
        <source>the server&apos;s disk is full</source>
        <translation>dysk serwera jest pełny</translation>
    </message>
    <message>
        <source>the server cannot read or write its own data</source>
        <translation>serwer nie może odczytać lub zapisać własnych danych</translation>
    </message>
    <message>
        <source>the server and this device have versions of Teren that do not fit each other</source>
        <translation>serwer i to urządzenie mają wersje Terenu, które do siebie nie pasują</translation>
    </message>
    <message>
        <source>the server does not know this office</source>
        <translation>serwer nie zna tego ośrodka</translation>
    </message>
    <message>
        <source>this device is not a member of the office</source>
        <translation>to urządzenie nie jest członkiem ośrodka</translation>
    </message>
    <message>
        <source>this device may not write there</source>
        <translation>to urządzenie nie może tam pisać</translation>
    </message>
    <message>
        <source>a fault of a program, %1</source>
        <translation>błąd programu, %1</translation>
    </message>
</context>
<context>
    <name>UnlockPage</name>
    <message>
        <source>Unlock</source>
        <translation>Odblokuj</translation>
    </message>
    <message>
        <source>Unlock Teren</source>
        <translation>Odblokuj Teren</translation>
    </message>
    <message>
        <source>Profile: %1</source>
        <translation>Profil: %1</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Hasło</translation>
    </message>
    <message>
        <source>Show what I type</source>
        <translation>Pokaż, co piszę</translation>
    </message>
    <message>
        <source>Opening. This takes a few seconds on purpose: whoever guesses passphrases would have to wait as long for each.</source>
        <translation>Otwieranie. Trwa to celowo kilka sekund: kto zgaduje hasła, musi czekać tyle samo przy każdym.</translation>
    </message>
    <message>
        <source>Everything in this profile is encrypted on this device. Nobody can open it without the passphrase, and nobody can send it to you.</source>
        <translation>Wszystko w tym profilu jest zaszyfrowane na tym urządzeniu. Bez hasła nikt go nie otworzy i nikt nie może Ci tego hasła przysłać.</translation>
    </message>
    <message>
        <source>I forgot the passphrase</source>
        <translation>Nie pamiętam hasła</translation>
    </message>
    <message>
        <source>Another profile</source>
        <translation>Inny profil</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Referral</source>
        <translation>Zgłoszenie</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karta</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Zgoda</translation>
    </message>
    <message>
        <source>Interview</source>
        <translation>Wywiad</translation>
    </message>
    <message>
        <source>Diagnosis</source>
        <translation>Diagnoza</translation>
    </message>
    <message>
        <source>IPW</source>
        <translation>IPW</translation>
    </message>
    <message>
        <source>Realisation</source>
        <translation>Realizacja</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Ewaluacja</translation>
    </message>
    <message>
        <source>Offer</source>
        <translation>Oferta</translation>
    </message>
    <message>
        <source>No consent</source>
        <translation>Brak zgody</translation>
    </message>
    <message>
        <source>Resigned</source>
        <translation>Rezygnacja</translation>
    </message>
    <message>
        <source>Goals achieved</source>
        <translation>Cele osiągnięte</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Przekazana</translation>
    </message>
    <message>
        <source>Continued</source>
        <translation>Kontynuacja</translation>
    </message>
    <message>
        <source>Consent withdrawn</source>
        <translation>Zgoda cofnięta</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>wczoraj %1</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) overdue</source>
        <translation>
            <numerusform>%n dzień po terminie</numerusform>
            <numerusform>%n dni po terminie</numerusform>
            <numerusform>%n dni po terminie</numerusform>
        </translation>
    </message>
    <message>
        <source>today</source>
        <translation>dzisiaj</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>jutro</translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>za %n dzień</numerusform>
            <numerusform>za %n dni</numerusform>
            <numerusform>za %n dni</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n week(s)</source>
        <translation>
            <numerusform>za %n tydzień</numerusform>
            <numerusform>za %n tygodnie</numerusform>
            <numerusform>za %n tygodni</numerusform>
        </translation>
    </message>
    <message>
        <source>just now</source>
        <translation>przed chwilą</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n godz.</numerusform>
            <numerusform>%n godz.</numerusform>
            <numerusform>%n godz.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n dzień</numerusform>
            <numerusform>%n dni</numerusform>
            <numerusform>%n dni</numerusform>
        </translation>
    </message>
    <message>
        <source>rural model</source>
        <translation>model wiejski</translation>
    </message>
    <message>
        <source>urban-rural model</source>
        <translation>model miejsko-wiejski</translation>
    </message>
    <message>
        <source>urban model</source>
        <translation>model miejski</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Ty</translation>
    </message>
    <message>
        <source>Someone not known here yet</source>
        <translation>Ktoś jeszcze tu nieznany</translation>
    </message>
</context>
<context>
    <name>WorkLine</name>
    <message>
        <source>Stopping …</source>
        <translation>Zatrzymywanie…</translation>
    </message>
    <message>
        <source>%1 %2 %</source>
        <translation>%1 %2 %</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Zatrzymaj</translation>
    </message>
</context>
<context>
    <name>teren::AlarmController</name>
    <message>
        <source>All of it was read, and all of it is as Teren wrote it.</source>
        <translation>Przeczytano wszystko i wszystko jest takie, jak zapisał Teren.</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) are not as Teren wrote them.</source>
        <translation>
            <numerusform>%n rzecz nie jest taka, jak zapisał ją Teren.</numerusform>
            <numerusform>%n rzeczy nie są takie, jak zapisał je Teren.</numerusform>
            <numerusform>%n rzeczy nie jest takich, jak zapisał je Teren.</numerusform>
        </translation>
    </message>
    <message>
        <source>What was confirmed by the office is safe there, and so are earlier backups. Do not delete anything; call the person who looks after the devices.</source>
        <translation>To, co potwierdził ośrodek, jest tam bezpieczne, podobnie jak wcześniejsze kopie. Niczego nie usuwaj; zadzwoń do osoby, która opiekuje się urządzeniami.</translation>
    </message>
</context>
<context>
    <name>teren::ApartController</name>
    <message>
        <source>It was entered again, as yours.</source>
        <translation>Wpisano to ponownie, jako Twoje.</translation>
    </message>
    <message>
        <source>What others have written since stands beside it, under Conflicts.</source>
        <translation>To, co inni napisali od tego czasu, stoi obok, w zakładce Konflikty.</translation>
    </message>
    <message numerus="yes">
        <source>Go on in “%1” without %n change(s) of %2?</source>
        <translation>
            <numerusform>Iść dalej w sprawie „%1” bez %n zmiany: %2?</numerusform>
            <numerusform>Iść dalej w sprawie „%1” bez %n zmian: %2?</numerusform>
            <numerusform>Iść dalej w sprawie „%1” bez %n zmian: %2?</numerusform>
        </translation>
    </message>
    <message>
        <source>They would have no effect any more, on any device, also if they arrive later. Whoever wrote them can enter them again. It cannot be taken back, so ask that person first.</source>
        <translation>Nie będą już miały skutku na żadnym urządzeniu, także gdy dotrą później. Kto je napisał, może wpisać je ponownie. Tego nie da się cofnąć, więc najpierw zapytaj tę osobę.</translation>
    </message>
    <message>
        <source>The case goes on without it.</source>
        <translation>Sprawa idzie dalej bez tego.</translation>
    </message>
    <message>
        <source>The office has it, and every device gets it with its next synchronisation.</source>
        <translation>Ośrodek już to ma, a każde urządzenie dostanie to przy następnej synchronizacji.</translation>
    </message>
    <message>
        <source>The office gets it with the next synchronisation of this device, the others after that.</source>
        <translation>Ośrodek dostanie to przy następnej synchronizacji tego urządzenia, a pozostałe urządzenia potem.</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Zapisano: %1</translation>
    </message>
    <message>
        <source>Anybody can check it with Teren, without a profile. It holds signatures and nothing about any case.</source>
        <translation>Każdy może to sprawdzić Terenem, bez profilu. W pliku są podpisy i nic o żadnej sprawie.</translation>
    </message>
    <message>
        <source>There is nothing to prove.</source>
        <translation>Nie ma czego dowodzić.</translation>
    </message>
    <message>
        <source>Neither the server nor a device has signed two things that exclude each other, as far as this device knows; or there is no such folder.</source>
        <translation>O ile wiadomo temu urządzeniu, ani serwer, ani żadne urządzenie nie podpisało dwóch rzeczy, które się wykluczają; albo nie ma takiego folderu.</translation>
    </message>
    <message>
        <source>added: %1</source>
        <translation>dodano: %1</translation>
    </message>
    <message>
        <source>deleted: %1</source>
        <translation>usunięto: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>It cannot be read on this device.</source>
        <translation>Na tym urządzeniu nie da się tego odczytać.</translation>
    </message>
    <message>
        <source>written by you, %1</source>
        <translation>Twoje, %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>A case that has not arrived yet</source>
        <translation>Sprawa, która jeszcze nie dotarła</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) wait</source>
        <translation>
            <numerusform>%n zmiana czeka</numerusform>
            <numerusform>%n zmiany czekają</numerusform>
            <numerusform>%n zmian czeka</numerusform>
        </translation>
    </message>
    <message>
        <source>for the work of %1, since %2</source>
        <translation>na pracę: %1, od %2</translation>
    </message>
    <message>
        <source>here, and does not count</source>
        <translation>jest, ale się nie liczy</translation>
    </message>
    <message>
        <source>for a week or more</source>
        <translation>od tygodnia lub dłużej</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>w drodze</translation>
    </message>
</context>
<context>
    <name>teren::AttachmentsController</name>
    <message>
        <source>photo or picture</source>
        <translation>zdjęcie lub obraz</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>dokument PDF</translation>
    </message>
    <message>
        <source>file</source>
        <translation>plik</translation>
    </message>
    <message>
        <source>%1 · %2 · %3, %4</source>
        <translation>%1 · %2 · %3, %4</translation>
    </message>
    <message>
        <source>not on this device</source>
        <translation>nie na tym urządzeniu</translation>
    </message>
    <message>
        <source>unsent</source>
        <translation>niewysłane</translation>
    </message>
    <message>
        <source>Saved, not encrypted: %1</source>
        <translation>Zapisano bez szyfrowania: %1</translation>
    </message>
    <message>
        <source>Delete that copy when you need it no more; Teren does not look after it.</source>
        <translation>Usuń tę kopię, gdy przestanie być potrzebna; Teren jej nie pilnuje.</translation>
    </message>
</context>
<context>
    <name>teren::BackupsController</name>
    <message>
        <source>Its list of contents cannot be read.</source>
        <translation>Nie da się odczytać jej spisu treści.</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>uszkodzona</translation>
    </message>
    <message>
        <source>%1 · profile %2</source>
        <translation>%1 · profil %2</translation>
    </message>
    <message>
        <source>There is no backup in this folder.</source>
        <translation>W tym folderze nie ma kopii.</translation>
    </message>
    <message>
        <source>A backup is a folder whose name ends in “.backup”. Is it the right stick?</source>
        <translation>Kopia to folder, którego nazwa kończy się na „.backup”. Czy to właściwy pendrive?</translation>
    </message>
    <message>
        <source>from the future</source>
        <translation>z przyszłości</translation>
    </message>
    <message>
        <source>%1 old</source>
        <translation>ma %1</translation>
    </message>
    <message>
        <source>This backup is damaged: it is not as it was written.</source>
        <translation>Ta kopia jest uszkodzona: nie jest taka, jaką zapisano.</translation>
    </message>
    <message>
        <source>The profile on this device and other backups are not touched by it. Make a new backup, and do not rely on this one.</source>
        <translation>Profil na tym urządzeniu i inne kopie są nienaruszone. Wykonaj nową kopię i nie polegaj na tej.</translation>
    </message>
    <message>
        <source>This backup is whole: it was restored for trial, opened and read to its end.</source>
        <translation>Ta kopia jest cała: odtworzono ją na próbę, otwarto i przeczytano do końca.</translation>
    </message>
    <message>
        <source>Every byte is as it was written.</source>
        <translation>Każdy bajt jest taki, jaki zapisano.</translation>
    </message>
    <message numerus="yes">
        <source>Made %1, %2, %n file(s).</source>
        <translation>
            <numerusform>Wykonana: %1, %2, %n plik.</numerusform>
            <numerusform>Wykonana: %1, %2, %n pliki.</numerusform>
            <numerusform>Wykonana: %1, %2, %n plików.</numerusform>
        </translation>
    </message>
    <message>
        <source>Whether it opens shows only with its passphrase or recovery code.</source>
        <translation>Czy się otwiera, okaże się dopiero z jej hasłem lub kodem odzyskiwania.</translation>
    </message>
    <message>
        <source>the restored profile</source>
        <translation>odtworzony profil</translation>
    </message>
</context>
<context>
    <name>teren::CarryController</name>
    <message>
        <source>Written: %1</source>
        <translation>Zapisano: %1</translation>
    </message>
    <message>
        <source>%1, good until %2. Whoever finds it reads nothing in it. What is unsent stays unsent here until the office&apos;s server has it.</source>
        <translation>%1, ważny do %2. Kto go znajdzie, niczego w nim nie przeczyta. To, co niewysłane, pozostaje tu niewysłane, dopóki nie ma tego serwer ośrodka.</translation>
    </message>
    <message numerus="yes">
        <source>The office has confirmed %n of your changes.</source>
        <translation>
            <numerusform>Ośrodek potwierdził %n Twoją zmianę.</numerusform>
            <numerusform>Ośrodek potwierdził %n Twoje zmiany.</numerusform>
            <numerusform>Ośrodek potwierdził %n Twoich zmian.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken in: %n change(s).</source>
        <translation>
            <numerusform>Przyjęto %n zmianę.</numerusform>
            <numerusform>Przyjęto %n zmiany.</numerusform>
            <numerusform>Przyjęto %n zmian.</numerusform>
        </translation>
    </message>
    <message>
        <source>The office&apos;s server has not taken what was brought to it.</source>
        <translation>Serwer ośrodka nie przyjął tego, co do niego przyniesiono.</translation>
    </message>
    <message numerus="yes">
        <source>Its disk is full: %n part(s) of your work were not taken. They are saved here and offered again. Tell the person who looks after the office&apos;s Teren to make room.</source>
        <translation>
            <numerusform>Jego dysk jest pełny: nie przyjęto %n części Twojej pracy. Jest zapisana tutaj i będzie proponowana ponownie. Poproś osobę, która opiekuje się Terenem w ośrodku, o zrobienie miejsca.</numerusform>
            <numerusform>Jego dysk jest pełny: nie przyjęto %n części Twojej pracy. Są zapisane tutaj i będą proponowane ponownie. Poproś osobę, która opiekuje się Terenem w ośrodku, o zrobienie miejsca.</numerusform>
            <numerusform>Jego dysk jest pełny: nie przyjęto %n części Twojej pracy. Są zapisane tutaj i będą proponowane ponownie. Poproś osobę, która opiekuje się Terenem w ośrodku, o zrobienie miejsca.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) of your work were not taken. They are saved here and offered again. Tell the person who looks after the office&apos;s Teren.</source>
        <translation>
            <numerusform>Nie przyjęto %n części Twojej pracy. Jest zapisana tutaj i będzie proponowana ponownie. Powiedz o tym osobie, która opiekuje się Terenem w ośrodku.</numerusform>
            <numerusform>Nie przyjęto %n części Twojej pracy. Są zapisane tutaj i będą proponowane ponownie. Powiedz o tym osobie, która opiekuje się Terenem w ośrodku.</numerusform>
            <numerusform>Nie przyjęto %n części Twojej pracy. Są zapisane tutaj i będą proponowane ponownie. Powiedz o tym osobie, która opiekuje się Terenem w ośrodku.</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything in this file was here already.</source>
        <translation>Wszystko z tego pliku już tu było.</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) rest on what has not arrived here yet, and come later.</source>
        <translation>
            <numerusform>%n część opiera się na tym, co tu jeszcze nie dotarło, i przyjdzie później.</numerusform>
            <numerusform>%n części opierają się na tym, co tu jeszcze nie dotarło, i przyjdą później.</numerusform>
            <numerusform>%n części opiera się na tym, co tu jeszcze nie dotarło, i przyjdzie później.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::ConflictsController</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 Both versions are still there. %2</source>
        <translation>%1 Obie wersje nadal są zapisane. %2</translation>
    </message>
    <message>
        <source> and </source>
        <translation> i </translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Usunięte</translation>
    </message>
    <message>
        <source>Your version</source>
        <translation>Twoja wersja</translation>
    </message>
    <message>
        <source>Deleted by one, edited by another</source>
        <translation>Jedna osoba usunęła, druga zmieniła</translation>
    </message>
    <message>
        <source>Something was added while you were looking. Look at the versions again.</source>
        <translation>W międzyczasie coś dopisano. Obejrzyj wersje jeszcze raz.</translation>
    </message>
    <message>
        <source> or </source>
        <translation> lub </translation>
    </message>
</context>
<context>
    <name>teren::DeviceController</name>
    <message>
        <source>This profile was made for tests: its passphrase is guessed quickly.</source>
        <translation>Ten profil utworzono do testów: jego hasło można szybko odgadnąć.</translation>
    </message>
    <message>
        <source>last contact with the office %1</source>
        <translation>ostatni kontakt z ośrodkiem: %1</translation>
    </message>
    <message>
        <source>no contact with the office yet</source>
        <translation>jeszcze bez kontaktu z ośrodkiem</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Sprawy</translation>
    </message>
    <message>
        <source>Records in them</source>
        <translation>Wpisy w sprawach</translation>
    </message>
    <message>
        <source>visits, contacts, plans, people and the rest</source>
        <translation>wizyty, kontakty, plany, osoby i pozostałe</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Załączniki</translation>
    </message>
    <message>
        <source>Drafts not saved yet</source>
        <translation>Szkice jeszcze nie zapisane</translation>
    </message>
    <message>
        <source>Changes not sent yet</source>
        <translation>Zmiany jeszcze nie wysłane</translation>
    </message>
    <message>
        <source>Room taken on the disk</source>
        <translation>Zajęte miejsce na dysku</translation>
    </message>
    <message>
        <source>all of it encrypted</source>
        <translation>wszystko zaszyfrowane</translation>
    </message>
    <message>
        <source>Cost of one guess of the passphrase</source>
        <translation>Koszt jednej próby odgadnięcia hasła</translation>
    </message>
    <message numerus="yes">
        <source>of memory, %n time(s) over</source>
        <translation>
            <numerusform>pamięci, %n przebieg</numerusform>
            <numerusform>pamięci, %n przebiegi</numerusform>
            <numerusform>pamięci, %n przebiegów</numerusform>
        </translation>
    </message>
    <message>
        <source>The backup is whole: %1, encrypted. The passphrase and the recovery code of now open it.</source>
        <translation>Kopia jest kompletna: %1, zaszyfrowana. Otwiera ją obecne hasło i obecny kod odzyskiwania.</translation>
    </message>
    <message>
        <source>The backup was written: %1, encrypted. The passphrase and the recovery code of now open it.</source>
        <translation>Kopia została zapisana: %1, zaszyfrowana. Otwierają ją obecne hasło i obecny kod odzyskiwania.</translation>
    </message>
</context>
<context>
    <name>teren::FolderBrowser</name>
    <message>
        <source>%1, %2 free</source>
        <translation>%1, wolne %2</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Katalog domowy</translation>
    </message>
    <message>
        <source>This folder cannot be read, or is gone.</source>
        <translation>Tego folderu nie da się odczytać albo już go nie ma.</translation>
    </message>
</context>
<context>
    <name>teren::FormController</name>
    <message>
        <source>This is not a date. Write it as 2026-02-28.</source>
        <translation>To nie jest data. Wpisz ją tak: 2026-02-28.</translation>
    </message>
    <message>
        <source>This is not a time. Write it as 9:30.</source>
        <translation>To nie jest godzina. Wpisz ją tak: 9:30.</translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation>To nie jest liczba.</translation>
    </message>
    <message>
        <source>This is not a telephone number.</source>
        <translation>To nie jest numer telefonu.</translation>
    </message>
    <message>
        <source>This is not a PESEL number. Compare its 11 digits with the document.</source>
        <translation>To nie jest numer PESEL. Porównaj jego 11 cyfr z dokumentem.</translation>
    </message>
    <message>
        <source>This answer is too long or not one of those offered.</source>
        <translation>Ta odpowiedź jest za długa albo nie ma jej wśród podanych.</translation>
    </message>
    <message>
        <source>Please answer this one: it names the record.</source>
        <translation>Prosimy o odpowiedź: bez niej nie da się zapisać.</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) need a correction. The draft is kept.</source>
        <translation>
            <numerusform>%n odpowiedź wymaga poprawki. Szkic jest zachowany.</numerusform>
            <numerusform>%n odpowiedzi wymagają poprawki. Szkic jest zachowany.</numerusform>
            <numerusform>%n odpowiedzi wymaga poprawki. Szkic jest zachowany.</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody deleted this record meanwhile. Your answers stay here as a draft.</source>
        <translation>W międzyczasie ktoś usunął ten wpis. Twoje odpowiedzi zostają tu jako szkic.</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(puste)</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) were written by somebody else meanwhile. Choose one of the two there.</source>
        <translation>
            <numerusform>%n odpowiedź wpisał w międzyczasie ktoś inny. Wybierz tam jedną z dwóch.</numerusform>
            <numerusform>%n odpowiedzi wpisał w międzyczasie ktoś inny. Wybierz tam jedną z dwóch.</numerusform>
            <numerusform>%n odpowiedzi wpisał w międzyczasie ktoś inny. Wybierz tam jedną z dwóch.</numerusform>
        </translation>
    </message>
    <message>
        <source>something that is no longer here</source>
        <translation>coś, czego już tu nie ma</translation>
    </message>
</context>
<context>
    <name>teren::HistoryController</name>
    <message>
        <source>This record was deleted. Its history stays.</source>
        <translation>Ten wpis usunięto. Jego historia zostaje.</translation>
    </message>
    <message>
        <source>One deleted this record, another went on with it: somebody has to decide.</source>
        <translation>Jedna osoba usunęła ten wpis, druga go zmieniała: ktoś musi zdecydować.</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Wszystko</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>puste</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1”</translation>
    </message>
    <message>
        <source>Decided between %1.</source>
        <translation>Decyzja między: %1.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> i </translation>
    </message>
    <message>
        <source>Corrected by %1.</source>
        <translation>Sprostowanie: %1.</translation>
    </message>
    <message>
        <source>Added to the case</source>
        <translation>Dodano do sprawy</translation>
    </message>
    <message>
        <source>Brought back</source>
        <translation>Przywrócono</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Usunięte</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>usunięte</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>decyzja</translation>
    </message>
    <message>
        <source>correction</source>
        <translation>sprostowanie</translation>
    </message>
    <message>
        <source>added</source>
        <translation>dodane</translation>
    </message>
    <message>
        <source>taken out</source>
        <translation>wyjęte</translation>
    </message>
    <message>
        <source>emptied</source>
        <translation>wyczyszczono</translation>
    </message>
    <message>
        <source>counts now</source>
        <translation>obowiązuje</translation>
    </message>
    <message>
        <source>unsent</source>
        <translation>niewysłane</translation>
    </message>
    <message>
        <source>%1, unsent</source>
        <translation>%1, niewysłane</translation>
    </message>
    <message>
        <source>another record of this case</source>
        <translation>inny wpis tej sprawy</translation>
    </message>
</context>
<context>
    <name>teren::KeysController</name>
    <message>
        <source>The passphrase was changed. The former one opens this profile no more.</source>
        <translation>Hasło zmieniono. Poprzednie już nie otwiera tego profilu.</translation>
    </message>
    <message>
        <source>The present passphrase is another one.</source>
        <translation>To nie jest obecne hasło.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nic nie zostało zmienione.</translation>
    </message>
    <message>
        <source>There were several wrong tries.</source>
        <translation>Było kilka błędnych prób.</translation>
    </message>
    <message>
        <source>Nothing was changed. Wait a little, and try again.</source>
        <translation>Nic nie zostało zmienione. Odczekaj chwilę i spróbuj ponownie.</translation>
    </message>
    <message>
        <source>The new passphrase is too weak.</source>
        <translation>Nowe hasło jest za słabe.</translation>
    </message>
    <message>
        <source>The former passphrase still opens the profile.</source>
        <translation>Profil nadal otwiera poprzednie hasło.</translation>
    </message>
    <message>
        <source>No code was made; a former one stays valid.</source>
        <translation>Kodu nie utworzono; poprzedni pozostaje ważny.</translation>
    </message>
    <message>
        <source>This is not the code that was shown.</source>
        <translation>To nie jest kod, który został pokazany.</translation>
    </message>
    <message>
        <source>Compare the paper with the screen, or make a new code. Until one is typed back, none of the two opens anything.</source>
        <translation>Porównaj kartkę z ekranem albo utwórz nowy kod. Dopóki kod nie zostanie przepisany, niczego nie otwiera.</translation>
    </message>
    <message>
        <source>The code is not valid yet; a former one stays valid.</source>
        <translation>Kod nie jest jeszcze ważny; poprzedni pozostaje ważny.</translation>
    </message>
    <message>
        <source>This is longer than a code.</source>
        <translation>To jest dłuższe niż kod.</translation>
    </message>
    <message>
        <source>Group %1 has a character that no code has.</source>
        <translation>W grupie %1 jest znak, którego nie ma w żadnym kodzie.</translation>
    </message>
    <message>
        <source>There is a character that no code has.</source>
        <translation>Jest tu znak, którego nie ma w żadnym kodzie.</translation>
    </message>
    <message>
        <source>Group %1 is mistyped.</source>
        <translation>W grupie %1 jest pomyłka.</translation>
    </message>
    <message>
        <source>The groups do not belong together. Are they in order?</source>
        <translation>Grupy do siebie nie pasują. Czy są w dobrej kolejności?</translation>
    </message>
    <message>
        <source>This name cannot be shown: it is longer than 60 characters, or has no letters.</source>
        <translation>Tej nazwy nie da się pokazać: ma ponad 60 znaków albo nie ma liter.</translation>
    </message>
    <message>
        <source>The list shows no name for this profile any more.</source>
        <translation>Lista nie pokazuje już nazwy tego profilu.</translation>
    </message>
    <message>
        <source>The list shows this name. Everybody who sits down here can read it.</source>
        <translation>Lista pokazuje tę nazwę. Może ją przeczytać każdy, kto tu usiądzie.</translation>
    </message>
    <message>
        <source>The recovery code was removed. The paper opens this profile no more.</source>
        <translation>Kod odzyskiwania usunięto. Kartka nie otwiera już tego profilu.</translation>
    </message>
    <message>
        <source>The code stays valid.</source>
        <translation>Kod pozostaje ważny.</translation>
    </message>
</context>
<context>
    <name>teren::MeetingController</name>
    <message numerus="yes">
        <source>You have met. Taken in: %n change(s).</source>
        <translation>
            <numerusform>Wymieniono się. Przyjęto %n zmianę.</numerusform>
            <numerusform>Wymieniono się. Przyjęto %n zmiany.</numerusform>
            <numerusform>Wymieniono się. Przyjęto %n zmian.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your colleague has got what was missing there. What is unsent stays unsent until the office&apos;s server has it.</source>
        <translation>Współpracownik dostał to, czego mu brakowało. To, co niewysłane, pozostaje niewysłane, dopóki nie ma tego serwer ośrodka.</translation>
    </message>
</context>
<context>
    <name>teren::NewsController</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n zmiana</numerusform>
            <numerusform>%n zmiany</numerusform>
            <numerusform>%n zmian</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n case(s)</source>
        <translation>
            <numerusform>w %n sprawie</numerusform>
            <numerusform>w %n sprawach</numerusform>
            <numerusform>w %n sprawach</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 The changes stay on this list. %2</source>
        <translation>%1 Zmiany zostają na tej liście. %2</translation>
    </message>
    <message>
        <source>A case that has not arrived yet</source>
        <translation>Sprawa, która jeszcze nie dotarła</translation>
    </message>
    <message>
        <source>%1, last %2</source>
        <translation>%1, ostatnio %2</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nowe</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>i jeszcze %n</numerusform>
            <numerusform>i jeszcze %n</numerusform>
            <numerusform>i jeszcze %n</numerusform>
        </translation>
    </message>
    <message>
        <source>added</source>
        <translation>dodane</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>usunięte</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>przywrócone</translation>
    </message>
    <message>
        <source>changed: %1</source>
        <translation>zmieniono: %1</translation>
    </message>
    <message>
        <source>%1 · %2, %3</source>
        <translation>%1 · %2, %3</translation>
    </message>
    <message>
        <source>deleted since</source>
        <translation>potem usunięte</translation>
    </message>
</context>
<context>
    <name>teren::PassphraseMeter</name>
    <message>
        <source>Make it longer: at least 8 characters, better four words.</source>
        <translation>Wydłuż je: co najmniej 8 znaków, lepiej cztery słowa.</translation>
    </message>
    <message>
        <source>This is too long.</source>
        <translation>To jest za długie.</translation>
    </message>
    <message>
        <source>This is not text.</source>
        <translation>To nie jest tekst.</translation>
    </message>
    <message>
        <source>Leave out your own name, the office and words of this work.</source>
        <translation>Pomiń własne nazwisko, nazwę ośrodka i słowa z tej pracy.</translation>
    </message>
    <message>
        <source>Leave out names and words that everybody tries first.</source>
        <translation>Pomiń imiona i słowa, których wszyscy próbują najpierw.</translation>
    </message>
    <message>
        <source>The same again and again makes it no stronger.</source>
        <translation>Powtarzanie tego samego nie wzmacnia hasła.</translation>
    </message>
    <message>
        <source>Rows such as abcd or 4321 are tried first.</source>
        <translation>Ciągów takich jak abcd czy 4321 próbuje się najpierw.</translation>
    </message>
    <message>
        <source>Neighbouring keys are tried first.</source>
        <translation>Sąsiednich klawiszy próbuje się najpierw.</translation>
    </message>
    <message>
        <source>Dates and years are tried first.</source>
        <translation>Dat i lat próbuje się najpierw.</translation>
    </message>
    <message>
        <source>Add words that have nothing to do with one another: four or more in all.</source>
        <translation>Dodaj słowa, które nie mają ze sobą nic wspólnego: razem co najmniej cztery.</translation>
    </message>
    <message>
        <source>guessed at once</source>
        <translation>do odgadnięcia od razu</translation>
    </message>
    <message>
        <source>very weak</source>
        <translation>bardzo słabe</translation>
    </message>
    <message>
        <source>weak</source>
        <translation>słabe</translation>
    </message>
    <message>
        <source>good</source>
        <translation>dobre</translation>
    </message>
    <message>
        <source>strong</source>
        <translation>mocne</translation>
    </message>
</context>
<context>
    <name>teren::ProfilesController</name>
    <message>
        <source>The name or the passphrase was not accepted.</source>
        <translation>Nazwisko albo hasło nie zostało przyjęte.</translation>
    </message>
    <message>
        <source>Nothing was made. Write the name in letters, and make the passphrase stronger.</source>
        <translation>Niczego nie utworzono. Wpisz nazwisko literami i wzmocnij hasło.</translation>
    </message>
</context>
<context>
    <name>teren::SyncController</name>
    <message>
        <source>Work has been on this device alone for more than a day.</source>
        <translation>Od ponad doby część pracy jest tylko na tym urządzeniu.</translation>
    </message>
    <message>
        <source>It is saved, but the office does not have it: if this device is lost, it is lost as well. Go where there is a network and synchronise. If it still does not go, tell the person who looks after the office&apos;s Teren; it can also be carried there on a stick.</source>
        <translation>Jest zapisana, ale ośrodek jej nie ma: zginie razem z urządzeniem. Połącz się z siecią i zsynchronizuj. Jeśli nadal nie wychodzi, powiedz osobie, która opiekuje się Terenem w ośrodku; można ją też zanieść na pendrivie.</translation>
    </message>
    <message>
        <source>The server remembers less than it had confirmed.</source>
        <translation>Serwer pamięta mniej, niż potwierdził.</translation>
    </message>
    <message>
        <source>The server shows this device another history than the one it had confirmed.</source>
        <translation>Serwer pokazuje temu urządzeniu inną historię niż ta, którą potwierdził.</translation>
    </message>
    <message>
        <source>Everything is safe on this device and can be sent again. Tell the head of the centre; until it is explained, do not delete anything.</source>
        <translation>Wszystko jest bezpieczne na tym urządzeniu i można to wysłać ponownie. Powiadom kierownika ośrodka; do wyjaśnienia niczego nie usuwaj.</translation>
    </message>
    <message>
        <source>Sent: %1, received: %2.</source>
        <translation>Wysłano: %1, odebrano: %2.</translation>
    </message>
    <message>
        <source>The office&apos;s server takes nothing from this device.</source>
        <translation>Serwer ośrodka niczego od tego urządzenia nie przyjmuje.</translation>
    </message>
    <message>
        <source>Everything is saved here. Tell the person who looks after the office&apos;s Teren: %1.</source>
        <translation>Wszystko jest tu zapisane. Powiedz o tym osobie, która opiekuje się Terenem w ośrodku: %1.</translation>
    </message>
    <message>
        <source>Everything is saved here. If you wait to be let in, read your code to the person who invited you; otherwise ask the head of the centre.</source>
        <translation>Wszystko jest zapisane na tym urządzeniu. Jeśli czekasz na przyjęcie, przeczytaj swój kod osobie, która Cię zaprosiła; w przeciwnym razie zapytaj kierownika ośrodka.</translation>
    </message>
    <message numerus="yes">
        <source>The office&apos;s server does not take %n of your changes.</source>
        <translation>
            <numerusform>Serwer ośrodka nie przyjmuje %n Twojej zmiany.</numerusform>
            <numerusform>Serwer ośrodka nie przyjmuje %n Twoich zmian.</numerusform>
            <numerusform>Serwer ośrodka nie przyjmuje %n Twoich zmian.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) of others could not be accepted.</source>
        <translation>
            <numerusform>%n zmiany innej osoby nie można było przyjąć.</numerusform>
            <numerusform>%n zmian innych osób nie można było przyjąć.</numerusform>
            <numerusform>%n zmian innych osób nie można było przyjąć.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its disk is full. They are saved here and offered again at each synchronisation. Tell the person who looks after the office&apos;s Teren to make room.</source>
        <translation>Jego dysk jest pełny. Są zapisane tutaj i będą proponowane przy każdej synchronizacji. Poproś osobę, która opiekuje się Terenem w ośrodku, o zrobienie miejsca.</translation>
    </message>
    <message>
        <source>They are saved here and offered again at each synchronisation. Tell the person who looks after the office&apos;s Teren: %1.</source>
        <translation>Są zapisane tutaj i będą proponowane przy każdej synchronizacji. Powiedz o tym osobie, która opiekuje się Terenem w ośrodku: %1.</translation>
    </message>
    <message>
        <source>They are kept aside, and nothing of yours was changed. Tell the person who looks after the office&apos;s Teren.</source>
        <translation>Zostały odłożone, a w Twoich danych niczego nie zmieniono. Powiedz o tym osobie, która opiekuje się Terenem w ośrodku.</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nigdy</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 z %2</translation>
    </message>
    <message>
        <source>The server has not told of any backup of itself yet. What it confirmed is on its one machine, and on your colleagues&apos; devices.</source>
        <translation>Serwer nie zgłosił jeszcze swojej kopii zapasowej. To, co potwierdził, jest na jego jednym komputerze i na urządzeniach współpracowników.</translation>
    </message>
    <message>
        <source>All that the office has confirmed is on another machine as well.</source>
        <translation>Wszystko, co ośrodek potwierdził, jest też na innym komputerze.</translation>
    </message>
    <message>
        <source>The rest of what is confirmed is on the server&apos;s one machine until its next backup.</source>
        <translation>Reszta potwierdzonych zmian jest tylko na komputerze serwera, do jego następnej kopii zapasowej.</translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n niewysłany</numerusform>
            <numerusform>%n niewysłane</numerusform>
            <numerusform>%n niewysłanych</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not here</source>
        <translation>
            <numerusform>%n do pobrania</numerusform>
            <numerusform>%n do pobrania</numerusform>
            <numerusform>%n do pobrania</numerusform>
        </translation>
    </message>
    <message>
        <source>all sent</source>
        <translation>wszystkie wysłane</translation>
    </message>
    <message>
        <source>none</source>
        <translation>brak</translation>
    </message>
    <message numerus="yes">
        <source>%n whole on this device</source>
        <translation>
            <numerusform>%n w całości na tym urządzeniu</numerusform>
            <numerusform>%n w całości na tym urządzeniu</numerusform>
            <numerusform>%n w całości na tym urządzeniu</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to send</source>
        <translation>%1 do wysłania</translation>
    </message>
    <message numerus="yes">
        <source>%n still to come</source>
        <translation>
            <numerusform>%n jeszcze do pobrania</numerusform>
            <numerusform>%n jeszcze do pobrania</numerusform>
            <numerusform>%n jeszcze do pobrania</numerusform>
        </translation>
    </message>
    <message>
        <source>Sent: %1 of %2</source>
        <translation>Wysłano: %1 z %2</translation>
    </message>
    <message>
        <source>Received: %1 of %2</source>
        <translation>Odebrano: %1 z %2</translation>
    </message>
    <message>
        <source>Photos and files sent: %1 of %2</source>
        <translation>Wysłane zdjęcia i pliki: %1 z %2</translation>
    </message>
    <message>
        <source>Photos and files received: %1 of %2</source>
        <translation>Odebrane zdjęcia i pliki: %1 z %2</translation>
    </message>
    <message>
        <source>About %1 s left</source>
        <translation>Jeszcze około %1 s</translation>
    </message>
    <message>
        <source>About %1 min left</source>
        <translation>Jeszcze około %1 min</translation>
    </message>
    <message>
        <source>About %1 h left</source>
        <translation>Jeszcze około %1 godz.</translation>
    </message>
    <message numerus="yes">
        <source>%n more come(s) when you have read these.</source>
        <translation>
            <numerusform>Gdy to przeczytasz, pojawi się jeszcze %n.</numerusform>
            <numerusform>Gdy to przeczytasz, pojawią się jeszcze %n.</numerusform>
            <numerusform>Gdy to przeczytasz, pojawi się jeszcze %n.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::TodayController</name>
    <message>
        <source>Today, %1</source>
        <translation>Dziś, %1</translation>
    </message>
    <message>
        <source>No visits planned</source>
        <translation>Brak zaplanowanych wizyt</translation>
    </message>
    <message numerus="yes">
        <source>%n visit(s)</source>
        <translation>
            <numerusform>%n wizyta</numerusform>
            <numerusform>%n wizyty</numerusform>
            <numerusform>%n wizyt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>teren::TrafficController</name>
    <message numerus="yes">
        <source>and %n more case(s), with less to wait for</source>
        <translation>
            <numerusform>i jeszcze %n sprawa, mniej pilna</numerusform>
            <numerusform>i jeszcze %n sprawy, mniej pilne</numerusform>
            <numerusform>i jeszcze %n spraw, mniej pilnych</numerusform>
        </translation>
    </message>
    <message>
        <source>a case that has not arrived</source>
        <translation>sprawa, która nie dotarła</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n change(s) wait for work from %2.</source>
        <translation>
            <numerusform>%1: %n zmiana czeka na pracę z urządzenia %2.</numerusform>
            <numerusform>%1: %n zmiany czekają na pracę z urządzenia %2.</numerusform>
            <numerusform>%1: %n zmian czeka na pracę z urządzenia %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>It has been missing for a week. If that device is lost, tell the head of the centre: the case can go on without it.</source>
        <translation>Brakuje tego od tygodnia. Jeśli to urządzenie zginęło, powiedz kierownikowi ośrodka: sprawa może iść dalej bez tej pracy.</translation>
    </message>
    <message>
        <source>It comes when that device talks to the office. Nothing is lost, and nothing of yours waits.</source>
        <translation>Przyjdzie, gdy tamto urządzenie połączy się z ośrodkiem. Nic nie zginęło i nic Twojego nie czeka.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>confirmed: %1</source>
        <translation>potwierdzone: %1</translation>
    </message>
    <message>
        <source>the oldest from %1</source>
        <translation>najstarsza z %1</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for others&apos; work</source>
        <translation>
            <numerusform>%n czeka na pracę innych</numerusform>
            <numerusform>%n czekają na pracę innych</numerusform>
            <numerusform>%n czeka na pracę innych</numerusform>
        </translation>
    </message>
    <message>
        <source>A case that has not arrived yet</source>
        <translation>Sprawa, która jeszcze nie dotarła</translation>
    </message>
    <message>
        <source>all sent</source>
        <translation>wszystko wysłane</translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>%n niewysłana</numerusform>
            <numerusform>%n niewysłane</numerusform>
            <numerusform>%n niewysłanych</numerusform>
        </translation>
    </message>
    <message>
        <source>lacks work from %1 on</source>
        <translation>brakuje pracy od %1</translation>
    </message>
    <message>
        <source>said so %1</source>
        <translation>stan z %1</translation>
    </message>
    <message>
        <source>has said nothing yet</source>
        <translation>nic jeszcze nie zgłosiło</translation>
    </message>
    <message>
        <source>has received all of it</source>
        <translation>przyjęło wszystko</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 z %2</translation>
    </message>
</context>
<context>
    <name>teren::UnlockController</name>
    <message>
        <source>The last second of what you typed could not be kept.</source>
        <translation>Ostatniej sekundy pisania nie udało się zachować.</translation>
    </message>
    <message>
        <source>Everything before it is in the draft. Look at the form again before you save it.</source>
        <translation>Wszystko wcześniejsze jest w szkicu. Przed zapisaniem przejrzyj formularz jeszcze raz.</translation>
    </message>
    <message>
        <source>a profile without a shown name</source>
        <translation>profil bez pokazywanego nazwiska</translation>
    </message>
    <message numerus="yes">
        <source>The next try is possible in %n second(s).</source>
        <translation>
            <numerusform>Następna próba będzie możliwa za %n sekundę.</numerusform>
            <numerusform>Następna próba będzie możliwa za %n sekundy.</numerusform>
            <numerusform>Następna próba będzie możliwa za %n sekund.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The next try is possible in %n minute(s).</source>
        <translation>
            <numerusform>Następna próba będzie możliwa za %n minutę.</numerusform>
            <numerusform>Następna próba będzie możliwa za %n minuty.</numerusform>
            <numerusform>Następna próba będzie możliwa za %n minut.</numerusform>
        </translation>
    </message>
    <message>
        <source>There were several wrong tries.</source>
        <translation>Było kilka błędnych prób.</translation>
    </message>
    <message>
        <source>This recovery code is of another profile, or is no longer valid.</source>
        <translation>Ten kod odzyskiwania należy do innego profilu albo nie jest już ważny.</translation>
    </message>
    <message>
        <source>No recovery code was made for this profile.</source>
        <translation>Dla tego profilu nie utworzono kodu odzyskiwania.</translation>
    </message>
    <message>
        <source>The recovery code is mistyped, or the new passphrase is too weak.</source>
        <translation>W kodzie odzyskiwania jest pomyłka albo nowe hasło jest za słabe.</translation>
    </message>
    <message>
        <source>Your data is safe and unchanged; nothing is ever deleted for wrong tries. The wait grows with each, so that nobody can try one after another.</source>
        <translation>Twoje dane są bezpieczne i niezmienione; za błędne próby nic nie jest usuwane. Z każdą próbą czeka się dłużej, żeby nikt nie mógł zgadywać raz za razem.</translation>
    </message>
    <message>
        <source>Your data is safe, but without the passphrase nobody can open it. What was confirmed by the office is safe there.</source>
        <translation>Twoje dane są bezpieczne, ale bez hasła nikt ich nie otworzy. To, co potwierdził ośrodek, jest bezpieczne u niego.</translation>
    </message>
    <message>
        <source>Your data is safe and unchanged. Compare it with the paper, group by group.</source>
        <translation>Twoje dane są bezpieczne i niezmienione. Porównaj kod z kartką, grupa po grupie.</translation>
    </message>
</context>
</TS>
