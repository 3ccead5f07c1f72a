"""What went wrong with the data folder, in a sentence for the operator."""

from storage.errors import Reason

SENTENCES: dict[Reason, str] = {
    "malformed_key": "KLANTKOMPAS_KEY (or the file `key`) must be 64 hexadecimal digits.",
    "no_key": "There is data, and no key that opens it: set KLANTKOMPAS_KEY, or put the file `key`"
    " back into the data folder.",
    "wrong_key_or_damaged": "The data folder does not open with this key, or a file in it is"
    " damaged: set the right KLANTKOMPAS_KEY, or restore a backup.",
    "newer_file": "The data was written by a newer Klantkompas: upgrade this one.",
    "gone": "The file of an office is missing: restore a backup.",
    "in_use": "Another Klantkompas works with this data folder: stop it first, or choose"
    " another folder with KLANTKOMPAS_DATA.",
    "no_data": "There is no data in the data folder yet: check KLANTKOMPAS_DATA.",
    "not_empty": "A backup is restored into an empty data folder (a file `key` may stand there),"
    " and this one holds more: choose another with KLANTKOMPAS_DATA.",
    "half_restored": "A restore into this data folder was not finished: run `klantkompas restore`"
    " again.",
    "half_rekeyed": "A change of the key was not finished: run `klantkompas rekey` again.",
    "backup_exists": "There is something in the folder for the backup already, and no backup is"
    " ever written over: name a new folder.",
    "backup_inside_data": "A backup belongs outside the data folder: name another folder, best on"
    " another disk.",
    "backup_under_way": "Another backup is being written to this folder: wait for it, or name"
    " another folder.",
    "no_backup": "There is no finished backup in this folder: one that was made by `klantkompas"
    " backup` holds a file backup.json.",
    "damaged_backup": "A file of this backup is missing or damaged: take another backup.",
    "other_key": "This backup was made with another key: set KLANTKOMPAS_KEY to that one, or put it"
    " in the file `key`; backup.json tells its fingerprint.",
    "disk_refused": "The data cannot be read or written: see whether the disk is full, read-only or"
    " failing, or another program holds the files. What was there before is unchanged.",
}
